package dev.syncline.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Every way to run the server says the same about it. */
class DeploymentTest {

  private static final String PORT = "3030";

  private final Dockerfile image = Dockerfile.read();
  private final JsonObject compose =
      Yaml.at(Yaml.file("deploy/compose/compose.yaml"), "services.syncline").getAsJsonObject();
  private final Manifests kubernetes = KubernetesTest.plain();
  private final JsonObject chart = Yaml.file("deploy/helm/syncline/values.yaml");
  private final String unit = Checkout.text("deploy/systemd/syncline.service");
  private final Xml launchd = Xml.file("deploy/launchd/dev.syncline.plist");
  private final Xml windows = Xml.file("deploy/windows/syncline-service.xml");

  @Test
  void portIsTheServers() {
    assertEquals(PORT, image.variable("PORT"));
    assertEquals(PORT, image.last("EXPOSE"));
    assertEquals("${PORT:-" + PORT + "}:" + PORT, Yaml.text(compose, "ports.0"));
    assertEquals(PORT, kubernetes.variable("PORT"));
    assertEquals(PORT, Yaml.text(kubernetes.container(), "ports.0.containerPort"));
    assertEquals(PORT, Yaml.text(kubernetes.only("Service"), "spec.ports.0.port"));
    assertEquals(PORT, Yaml.text(chart, "service.port"));
    assertTrue(launchd.plist("EnvironmentVariables").contains(PORT));
    assertEquals(PORT, windows.text("/service/env[@name='PORT']/@value"));
    assertTrue(Checkout.text("deploy/proxy/Caddyfile").contains("127.0.0.1:" + PORT));
    assertTrue(Checkout.text("deploy/proxy/nginx.conf").contains("127.0.0.1:" + PORT));
  }

  @Test
  void memoryIsLimitedAndTheHeapFitsInside() {
    assertEquals("512m", Yaml.text(compose, "mem_limit"));
    assertEquals("512M", line(unit, "MemoryMax=(.*)"));
    for (JsonObject one : new JsonObject[] {kubernetes.container(), chart}) {
      assertEquals("512Mi", Yaml.text(one, "resources.limits.memory"));
      assertEquals("128Mi", Yaml.text(one, "resources.requests.memory"));
    }
    int heap = Integer.parseInt(line(Checkout.text("jvm.options"), "-Xmx(\\d+)m"));
    // The JVM needs about 100 MiB beside its heap.
    assertTrue(heap <= 512 - 100, "the heap may grow to " + heap + " MiB");
  }

  @Test
  void everyoneWaitsLongerThanAStopTakes() {
    int longestStop = 10;

    assertTrue(seconds(Yaml.text(compose, "stop_grace_period")) > longestStop);
    assertTrue(seconds(line(unit, "TimeoutStopSec=(.*)")) > longestStop);
    assertTrue(seconds(Yaml.text(kubernetes.pod(), "terminationGracePeriodSeconds")) > longestStop);
    assertTrue(seconds(Yaml.text(chart, "terminationGracePeriodSeconds")) > longestStop);
    assertTrue(seconds(launchd.plist("ExitTimeOut")) > longestStop);
    assertTrue(seconds(windows.text("/service/stoptimeout")) > longestStop);
  }

  @Test
  void everyoneStartsItAgainAfterAFailure() {
    assertEquals("unless-stopped", Yaml.text(compose, "restart"));
    assertEquals("on-failure", line(unit, "Restart=(.*)"));
    assertTrue(launchd.plist("KeepAlive").contains("SuccessfulExit"));
    assertEquals("restart", windows.text("/service/onfailure/@action"));
    // A JVM that SIGTERM ended in good order says 143, which is no failure.
    assertEquals("143", line(unit, "SuccessExitStatus=(.*)"));
    assertEquals("2 78", line(unit, "RestartPreventExitStatus=(.*)"));
  }

  @Test
  void livenessAndReadinessAreAskedWhereTheServerAnswersThem() {
    JsonObject container = kubernetes.container();

    assertEquals("/healthz", Yaml.text(container, "startupProbe.httpGet.path"));
    assertEquals("/healthz", Yaml.text(container, "livenessProbe.httpGet.path"));
    assertEquals("/readyz", Yaml.text(container, "readinessProbe.httpGet.path"));
    assertTrue(Checkout.text("deploy/docker/healthcheck").contains("GET /healthz "));
    assertTrue(image.last("HEALTHCHECK").endsWith("CMD [\"healthcheck\"]"));
  }

  @Test
  void versionIsTheProjects() {
    String version = line(Checkout.text("pom.xml"), "  <version>(.*)</version>");
    JsonObject about = Yaml.file("deploy/helm/syncline/Chart.yaml");

    assertEquals(version, Yaml.text(about, "version"));
    assertEquals(version, Yaml.text(about, "appVersion"));
    assertEquals("syncline:" + version, Yaml.text(compose, "image"));
    assertEquals("syncline:" + version, Yaml.text(kubernetes.container(), "image"));
    assertTrue(windows.text("/service/arguments").contains("syncline-server-" + version + ".jar"));
  }

  @Test
  void unitAndPropertyListStartTheSameProgram() {
    assertEquals("/opt/syncline/syncline serve", line(unit, "ExecStart=(.*)"));
    assertTrue(launchd.plist("ProgramArguments").strip().startsWith("/opt/syncline/syncline"));
    assertTrue(launchd.plist("ProgramArguments").strip().endsWith("serve"));
  }

  @Test
  void unitsDataDirectoryIsItsStateDirectory() {
    assertEquals(
        "DATA_DIR=/var/lib/" + line(unit, "StateDirectory=(.*)"), line(unit, "Environment=(.*)"));
  }

  /** What the first whole line that matches has in its group. */
  private static String line(String text, String pattern) {
    Matcher matcher = Pattern.compile("(?m)^" + pattern + "$").matcher(text);
    assertTrue(matcher.find(), pattern);
    return matcher.group(1);
  }

  private static int seconds(String duration) {
    return Integer.parseInt(duration.replaceFirst(" ?s(ec)?$", ""));
  }
}
