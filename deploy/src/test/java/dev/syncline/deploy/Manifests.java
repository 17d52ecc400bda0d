package dev.syncline.deploy;

import com.google.gson.JsonObject;
import io.kubernetes.client.openapi.models.V1ConfigMap;
import io.kubernetes.client.openapi.models.V1CronJob;
import io.kubernetes.client.openapi.models.V1Ingress;
import io.kubernetes.client.openapi.models.V1PersistentVolumeClaim;
import io.kubernetes.client.openapi.models.V1Service;
import io.kubernetes.client.openapi.models.V1StatefulSet;
import java.io.IOException;
import java.util.List;

/** What Kubernetes is given, held against its API's own description. */
record Manifests(List<JsonObject> all) {

  /** Refuses fields that the API doesn't know and misses those that it requires. */
  static Manifests checked(List<JsonObject> all) {
    all.forEach(Manifests::check);
    return new Manifests(List.copyOf(all));
  }

  JsonObject only(String kind) {
    List<JsonObject> found =
        all.stream().filter(one -> Yaml.text(one, "kind").equals(kind)).toList();
    if (found.size() != 1) {
      throw new AssertionError(found.size() + " of " + kind + " in " + all);
    }
    return found.getFirst();
  }

  JsonObject pod() {
    return kinds().contains("CronJob")
        ? Yaml.at(only("CronJob"), "spec.jobTemplate.spec.template.spec").getAsJsonObject()
        : Yaml.at(only("StatefulSet"), "spec.template.spec").getAsJsonObject();
  }

  JsonObject container() {
    return Yaml.at(pod(), "containers.0").getAsJsonObject();
  }

  /** The value of an environment variable that has one. */
  String variable(String name) {
    for (var one : container().getAsJsonArray("env")) {
      if (Yaml.text(one, "name").equals(name)) {
        return Yaml.text(one, "value");
      }
    }
    throw new AssertionError("no variable " + name + " in " + container());
  }

  List<String> kinds() {
    return all.stream().map(one -> Yaml.text(one, "kind")).sorted().toList();
  }

  private static void check(JsonObject manifest) {
    String type = Yaml.text(manifest, "apiVersion") + " " + Yaml.text(manifest, "kind");
    try {
      switch (type) {
        case "v1 ConfigMap" -> V1ConfigMap.validateJsonElement(manifest);
        case "v1 PersistentVolumeClaim" -> V1PersistentVolumeClaim.validateJsonElement(manifest);
        case "v1 Service" -> V1Service.validateJsonElement(manifest);
        case "batch/v1 CronJob" -> V1CronJob.validateJsonElement(manifest);
        case "apps/v1 StatefulSet" -> V1StatefulSet.validateJsonElement(manifest);
        case "networking.k8s.io/v1 Ingress" -> V1Ingress.validateJsonElement(manifest);
        default -> throw new AssertionError("no check for " + type);
      }
    } catch (IOException e) {
      throw new AssertionError(type, e);
    }
  }
}
