package dev.syncline.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import dev.syncline.server.config.Setting;
import dev.syncline.server.config.Settings;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Whatever is set here or written about is a setting of the server. */
class KnownSettingsTest {

  private static final Pattern VARIABLE = Pattern.compile("\\bSYNCLINE_[A-Z_]+[A-Z]\\b");

  /** Variables of the launcher, and the one that names the file. */
  private static final List<String> OTHERS =
      List.of("SYNCLINE_AOT", "SYNCLINE_CONFIG", "SYNCLINE_JAVA_OPTS");

  private static final Map<String, Setting<?>> SETTINGS =
      Settings.all().stream().collect(Collectors.toMap(Setting::variable, Function.identity()));

  @Test
  void everyVariableIsKnown() {
    var unknown = new TreeMap<String, String>();
    Stream.of("deploy", "docs/deploy")
        .flatMap(folder -> Checkout.list(folder, "").stream())
        // Variables of a repository's workflow, which no Syncline reads.
        .filter(file -> !file.startsWith("deploy/github-actions/"))
        // Says which variables of Kubernetes look like settings.
        .forEach(file ->
            VARIABLE
                .matcher(Checkout.text(file).replaceAll("SYNCLINE_PORT=tcp", ""))
                .results()
                .map(variable -> variable.group())
                .filter(name -> !SETTINGS.containsKey(name) && !OTHERS.contains(name))
                .forEach(name -> unknown.put(name, file)));

    assertEquals(Map.of(), unknown);
  }

  @Test
  void everyConfigurationInThePagesIsKnown() {
    var keys = Settings.all().stream().map(Setting::key).toList();
    var unknown = new TreeSet<String>();
    for (String page : Checkout.list("docs/deploy", ".md")) {
      Pattern.compile("(?ms)^```yaml\n(.*?)^```")
          .matcher(Checkout.text(page))
          .results()
          .flatMap(block -> Yaml.documents(block.group(1)).stream())
          // Others are Compose files.
          .filter(document -> !document.has("services"))
          .flatMap(document -> keys("", document))
          .filter(key -> !keys.contains(key))
          .forEach(unknown::add);
    }

    assertEquals(List.of(), List.copyOf(unknown));
  }

  @Test
  void portIsTheServersOwn() {
    String port =
        Settings.all().stream()
            .filter(setting -> setting.key().equals("server.port"))
            .findFirst()
            .flatMap(Setting::preset)
            .orElseThrow();

    assertEquals(port, Dockerfile.read().variable("PORT"));
    assertTrue(SETTINGS.containsKey("SYNCLINE_DATA_DIR"), "DATA_DIR is its old name");
  }

  private static Stream<String> keys(String path, JsonObject section) {
    return section.entrySet().stream()
        .flatMap(entry ->
            entry.getValue() instanceof JsonObject inner
                ? keys(path + entry.getKey() + ".", inner)
                : Stream.of(path + entry.getKey()));
  }
}
