package dev.syncline.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.marcnuri.helm.Helm;
import com.marcnuri.helm.LintResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The chart, linted and rendered by Helm itself, as a library. */
@EnabledOnOs(
    value = OS.LINUX,
    architectures = "amd64",
    disabledReason = "the tests bring Helm for Linux on amd64 only")
class HelmChartTest {

  private static final Path CHART = Checkout.file("deploy/helm/syncline");

  @TempDir private Path folder;

  @Test
  void lintFindsNothing() {
    LintResult result = new Helm(CHART).lint().strict().call();

    assertFalse(result.isFailed(), () -> String.join("\n", result.getMessages()));
  }

  @Test
  void withoutValuesItIsThePlainManifests() throws IOException {
    Manifests chart = render("");
    Manifests plain = KubernetesTest.plain();

    assertEquals(plain.kinds(), chart.kinds());
    for (String part :
        List.of(
            "env",
            "image",
            "livenessProbe",
            "ports",
            "readinessProbe",
            "resources",
            "securityContext",
            "startupProbe",
            "volumeMounts")) {
      assertEquals(plain.container().get(part), chart.container().get(part), part);
    }
    for (String part :
        List.of(
            "automountServiceAccountToken",
            "enableServiceLinks",
            "securityContext",
            "terminationGracePeriodSeconds")) {
      assertEquals(plain.pod().get(part), chart.pod().get(part), part);
    }
    KubernetesTest.mustBeRestricted(chart);
  }

  @Test
  void uninstallKeepsTheVolume() throws IOException {
    JsonObject volume = render("").only("PersistentVolumeClaim");

    assertEquals(
        "keep",
        Yaml.at(volume, "metadata.annotations")
            .getAsJsonObject()
            .get("helm.sh/resource-policy")
            .getAsString());
  }

  @Test
  void configBecomesAFileAndAChangeOfItARestart() throws IOException {
    Manifests one = render("config: {documents: {auth: token}}");
    Manifests other = render("config: {documents: {auth: none}}");

    String file = Yaml.at(one.only("ConfigMap"), "data").getAsJsonObject().asMap().toString();
    assertTrue(file.contains("auth: token"), file);
    assertEquals("/etc/syncline/syncline.yaml", one.variable("SYNCLINE_CONFIG"));
    String annotations = "spec.template.metadata.annotations";
    assertFalse(
        Yaml.at(one.only("StatefulSet"), annotations)
            .equals(Yaml.at(other.only("StatefulSet"), annotations)));
  }

  @Test
  void databaseComesFromASecretAndItsPasswordFromAFile() throws IOException {
    Manifests manifests = render("database: {existingSecret: postgres}");

    assertEquals(
        "/etc/syncline/database/password", manifests.variable("SYNCLINE_DATABASE_PASSWORD_FILE"));
    assertEquals("database", manifests.variable("SYNCLINE_DOCUMENTS_STORAGE"));
    assertEquals("postgres", Yaml.text(manifests.pod(), "volumes.2.secret.secretName"));
  }

  @Test
  void ingressLeadsToTheService() throws IOException {
    Manifests manifests =
        render("ingress: {enabled: true, host: sync.example.com, className: nginx, tlsSecret: t}");

    String path = "spec.rules.0.http.paths.0.backend.service.name";
    assertEquals(
        Yaml.text(manifests.only("Service"), "metadata.name"),
        Yaml.text(manifests.only("Ingress"), path));
  }

  @Test
  void everyOptionAtOnceIsKnownToKubernetes() throws IOException {
    Manifests manifests =
        render(
            """
            imagePullSecrets: [{name: registry}]
            javaOptions: -Xmx768m
            persistence: {existingClaim: mine, storageClass: fast, annotations: {a: b}}
            service: {type: LoadBalancer, port: 80, annotations: {a: b}}
            extraEnv: [{name: SYNCLINE_LOG_LEVEL, value: debug}]
            extraEnvFrom: [{secretRef: {name: more}}]
            extraVolumes: [{name: more, emptyDir: {}}]
            extraVolumeMounts: [{name: more, mountPath: /more}]
            podAnnotations: {prometheus.io/scrape: "true"}
            podLabels: {team: one}
            nodeSelector: {kubernetes.io/arch: arm64}
            tolerations: [{key: k, operator: Exists}]
            affinity: {nodeAffinity: {}}
            priorityClassName: high
            """);

    assertEquals("debug", manifests.variable("SYNCLINE_LOG_LEVEL"));
    assertEquals("mine", Yaml.text(manifests.pod(), "volumes.0.persistentVolumeClaim.claimName"));
    assertFalse(manifests.kinds().contains("PersistentVolumeClaim"));
  }

  @Test
  void misspeltValuesAreRefused() {
    assertThrows(IllegalStateException.class, () -> render("persistance: {size: 1Gi}"));
    assertThrows(IllegalStateException.class, () -> render("service: {port: http}"));
    assertThrows(IllegalStateException.class, () -> render("ingress: {enabled: true}"));
  }

  private Manifests render(String values) throws IOException {
    Path file = Files.writeString(folder.resolve("values.yaml"), values);
    String rendered =
        new Helm(CHART)
            .template()
            .withName("syncline")
            .withKubeVersion("1.34.0")
            .withValuesFile(file)
            .call();
    return Manifests.checked(Yaml.documents(rendered));
  }
}
