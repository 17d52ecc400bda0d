package dev.syncline.server.config;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Reads settings from environment variables. A variable that is empty counts as not given, since
 * compose files and manifests pass on variables that nobody set.
 */
final class Environment {

  static final String PREFIX = "SYNCLINE_";

  /** Names the configuration file. */
  static final String CONFIG = PREFIX + "CONFIG";

  /** Variables of the launcher, which has read them already. */
  private static final Set<String> OTHERS =
      Set.of(CONFIG, PREFIX + "JAVA_OPTS", PREFIX + "AOT", PREFIX + "JDKS");

  /**
   * The names by which automerge-repo-sync-server and relay-git-sync know them; our own names win.
   */
  private static final Map<String, Setting<?>> OLD_NAMES =
      Map.of(
          "PORT", Settings.PORT,
          "DATA_DIR", Settings.DATA_DIR,
          "RELAY_GIT_DATA_DIR", Settings.DATA_DIR,
          "RELAY_SERVER_URL", Settings.RELAY_SERVER,
          "RELAY_SERVER_API_KEY", Settings.RELAY_KEY,
          "WEBHOOK_SECRET", Settings.WEBHOOK_SECRET,
          "SSH_PRIVATE_KEY", Settings.SSH_KEY);

  private static final String SERVICE_HOST = "_SERVICE_HOST";

  /** A Service may be called syncline itself. */
  private static final String PREFIX_OF_SERVICES = "SYNCLINE";

  private static final Pattern SERVICE_URL = Pattern.compile("(tcp|udp|sctp)://.*");
  private static final Pattern SERVICE_DETAIL =
      Pattern.compile(
          "_SERVICE_HOST|_SERVICE_PORT(_.+)?|_PORT_[0-9]+_(TCP|UDP|SCTP)(_PROTO|_PORT|_ADDR)?");

  private Environment() {}

  static void read(Map<String, String> environment, Findings findings) {
    Map<String, Setting<?>> known = new HashMap<>();
    Settings.all().forEach(setting -> known.put(setting.variable(), setting));
    // In the order of their names, so that problems come in the same order each time.
    for (Map.Entry<String, String> variable : new TreeMap<>(environment).entrySet()) {
      String name = variable.getKey();
      Setting<?> old = OLD_NAMES.get(name);
      boolean oldCounts = old != null && value(environment, old.variable()).isEmpty();
      if (!name.startsWith(PREFIX) && !oldCounts) {
        continue;
      }
      if (OTHERS.contains(name) || isFromKubernetes(name, variable.getValue(), environment)) {
        continue;
      }
      Setting<?> setting = oldCounts ? old : known.get(name);
      if (setting == null) {
        findings.problem(name, unknown(name));
      } else {
        value(environment, name)
            .ifPresent(text ->
                findings.give(
                    new Given(setting, text, new Origin(Origin.Layer.ENVIRONMENT, name))));
      }
    }
  }

  /** What a variable holds; empty if it is not set or holds nothing. */
  static Optional<String> value(Map<String, String> environment, String name) {
    return Optional.ofNullable(environment.get(name)).filter(text -> !text.isBlank());
  }

  /**
   * Whether Kubernetes made the variable: for a Service called syncline-server it sets
   * SYNCLINE_SERVER_PORT=tcp://10.0.0.1:3030 and more in every container of the namespace.
   */
  private static boolean isFromKubernetes(
      String name, String value, Map<String, String> environment) {
    for (String host : environment.keySet()) {
      if (!host.startsWith(PREFIX_OF_SERVICES) || !host.endsWith(SERVICE_HOST)) {
        continue;
      }
      String service = host.substring(0, host.length() - SERVICE_HOST.length());
      if (name.startsWith(service)) {
        String rest = name.substring(service.length());
        if (SERVICE_DETAIL.matcher(rest).matches()
            || (rest.equals("_PORT") && SERVICE_URL.matcher(value).matches())) {
          return true;
        }
      }
    }
    return false;
  }

  private static String unknown(String name) {
    var names = new ArrayList<String>();
    Settings.all().forEach(setting -> names.add(withoutPrefix(setting.variable())));
    OTHERS.stream().sorted().forEach(other -> names.add(withoutPrefix(other)));
    return Nearest.to(withoutPrefix(name), names)
        .map(near -> "no setting has this variable; did you mean " + PREFIX + near + "?")
        .orElse("no setting has this variable; `syncline config sample` lists the settings");
  }

  private static String withoutPrefix(String variable) {
    return variable.substring(PREFIX.length());
  }
}
