package dev.syncline.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The plain manifests: known to Kubernetes' API, joined up, and safe by default. */
class KubernetesTest {

  private static final String FOLDER = "deploy/kubernetes/";
  private static final String REFERENCE = FOLDER + "reference/";

  static Manifests plain() {
    return in(FOLDER);
  }

  private static Manifests in(String folder) {
    var all = new ArrayList<JsonObject>();
    Yaml.at(Yaml.file(folder + "kustomization.yaml"), "resources")
        .getAsJsonArray()
        .forEach(name -> all.add(Yaml.file(folder + name.getAsString())));
    return Manifests.checked(all);
  }

  @Test
  void kustomizationsNameEveryManifest() {
    int files = Checkout.list(FOLDER, ".yaml").size();
    assertEquals(files - 2, plain().all().size() + in(REFERENCE).all().size());
  }

  @Test
  void jobHasItsVolumesAndIsRestricted() {
    Manifests reference = in(REFERENCE);
    mustBeRestricted(reference);
    JsonObject pod = reference.pod();
    assertEquals(
        Yaml.text(reference.only("PersistentVolumeClaim"), "metadata.name"),
        Yaml.text(pod, "volumes.0.persistentVolumeClaim.claimName"));
    assertEquals(
        Yaml.text(reference.only("ConfigMap"), "metadata.name"),
        Yaml.text(pod, "volumes.1.configMap.name"));
    assertEquals(
        Yaml.text(plain().container(), "image"), Yaml.text(reference.container(), "image"));
    assertEquals("Forbid", Yaml.text(reference.only("CronJob"), "spec.concurrencyPolicy"));
  }

  @Test
  void checkNoticesFieldsThatTheApiDoesNotKnow() {
    Manifests manifests = plain();
    manifests.container().add("livenesProbe", new JsonPrimitive("typo"));

    assertThrows(
        IllegalArgumentException.class, () -> Manifests.checked(List.of(manifests.all().get(2))));
  }

  @Test
  void oneServerForOneVolume() {
    JsonObject set = plain().only("StatefulSet");

    assertEquals(1, Yaml.at(set, "spec.replicas").getAsInt());
    assertEquals(
        Yaml.text(plain().only("PersistentVolumeClaim"), "metadata.name"),
        Yaml.text(set, "spec.template.spec.volumes.0.persistentVolumeClaim.claimName"));
    assertTrue(
        plain()
            .variable("DATA_DIR")
            .startsWith(Yaml.text(plain().container(), "volumeMounts.0.mountPath") + "/"));
  }

  @Test
  void serviceAndVolumesLeadToThePod() {
    JsonObject set = plain().only("StatefulSet");
    JsonObject service = plain().only("Service");

    assertEquals(Yaml.at(set, "spec.template.metadata.labels"), Yaml.at(service, "spec.selector"));
    assertEquals(
        Yaml.at(set, "spec.template.metadata.labels"), Yaml.at(set, "spec.selector.matchLabels"));
    assertEquals(Yaml.text(service, "metadata.name"), Yaml.text(set, "spec.serviceName"));
    assertEquals(
        Yaml.text(plain().container(), "ports.0.name"),
        Yaml.text(service, "spec.ports.0.targetPort"));
  }

  @Test
  void restrictedPodSecurityStandardIsKept() {
    mustBeRestricted(plain());
  }

  static void mustBeRestricted(Manifests manifests) {
    JsonObject pod = manifests.pod();
    JsonObject container = manifests.container();
    assertTrue(Yaml.at(pod, "securityContext.runAsNonRoot").getAsBoolean());
    assertEquals("RuntimeDefault", Yaml.text(pod, "securityContext.seccompProfile.type"));
    assertEquals("false", Yaml.text(container, "securityContext.allowPrivilegeEscalation"));
    assertEquals("true", Yaml.text(container, "securityContext.readOnlyRootFilesystem"));
    assertEquals("ALL", Yaml.text(container, "securityContext.capabilities.drop.0"));
    assertEquals("false", Yaml.text(pod, "automountServiceAccountToken"));
    // Variables such as SYNCLINE_PORT=tcp://… look like settings.
    assertEquals("false", Yaml.text(pod, "enableServiceLinks"));
  }

  @Test
  void kubectlBuildsTheSame() {
    String built =
        Program.ofSomeMachines("kubectl")
            .run("kustomize", Checkout.file(FOLDER).toString())
            .mustBe(0)
            .output();

    assertEquals(plain().kinds(), Manifests.checked(Yaml.documents(built)).kinds());
  }
}
