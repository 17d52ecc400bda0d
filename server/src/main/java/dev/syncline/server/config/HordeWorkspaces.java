package dev.syncline.server.config;

import dev.syncline.core.model.WorkspaceName;
import dev.syncline.server.config.HordeCategory.Repository;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.stream.Collectors;

/**
 * The preset {@code horde} as files of workspaces: one for each of the two repositories. Secrets
 * are not in them, but where they are.
 */
public final class HordeWorkspaces {

  private static final String BRANCH = "sync/horde-model-reference";

  private HordeWorkspaces() {}

  /** The workspaces' files, by name. */
  public static SequencedMap<WorkspaceName, String> of(HordeSettings settings) {
    var all = new LinkedHashMap<WorkspaceName, String>();
    for (Repository which : Repository.values()) {
      var name = new WorkspaceName("horde-" + which.name().toLowerCase(Locale.ROOT));
      settings.source(which).ifPresent(source -> all.put(name, text(settings, which, source)));
    }
    return all;
  }

  private static String text(HordeSettings settings, Repository which, ApiSettings source) {
    HordeSettings.Repo repo = settings.repo(which);
    var text = new StringBuilder();
    text.append("# Written by: syncline reference sync --preset horde\n");
    text.append("author: ").append(quoted(settings.author().toString())).append('\n');
    text.append("links:\n");
    text.append("  github:\n");
    line(text, "    git", repo.url());
    line(text, "    branch", repo.branch());
    text.append(access(settings.access()));
    text.append("    pull-request:\n");
    line(text, "      branch", BRANCH);
    text.append("      forge: github\n");
    line(text, "      source", "The PRIMARY instance " + settings.primary());
    text.append("      fewest: ").append(settings.work().threshold()).append('\n');
    list(text, "      labels", settings.review().labels());
    list(text, "      reviewers", settings.review().reviewers());
    list(text, "      teams", settings.review().team().stream().toList());
    if (which == Repository.TEXT) {
      text.append("      derived:\n        models.csv: horde\n");
    }
    text.append("  source:\n");
    line(text, "    json-api", source.base().toString());
    text.append("    timeout: ").append(source.limits().timeout().toSeconds()).append("s\n");
    text.append("    categories:\n");
    source
        .categories()
        .forEach((name, category) -> {
          text.append("      ").append(name).append(":\n");
          line(text, "        url", category.address().toString());
          line(text, "        file", category.file().value());
          if (category.form() == ApiSettings.Form.HORDE_TEXT) {
            text.append("        form: horde-text\n");
          }
        });
    source
        .lastUpdated()
        .ifPresent(it -> {
          line(text, "    last-updated", it.address() + "#" + it.pointer());
          text.append("    watch-interval: ").append(it.interval().toSeconds()).append("s\n");
        });
    return text.toString();
  }

  private static String access(HordeSettings.Access access) {
    var text = new StringBuilder();
    switch (access) {
      case HordeSettings.Access.Nobody() -> {}
      case HordeSettings.Access.Token(Secret token) -> secret(text, "    token", token);
      case HordeSettings.Access.App(String id, Optional<Long> installation, Secret key) -> {
        text.append("    github-app:\n");
        line(text, "      id", id);
        installation.ifPresent(
            number -> text.append("      installation: ").append(number).append('\n'));
        secret(text, "      key", key);
      }
    }
    return text.toString();
  }

  private static void secret(StringBuilder text, String key, Secret secret) {
    secret.file().ifPresent(file -> line(text, key + "-file", file.toAbsolutePath().toString()));
    secret.variable().ifPresent(name -> line(text, key + "-variable", name));
  }

  private static void list(StringBuilder text, String key, List<String> values) {
    if (!values.isEmpty()) {
      text.append(key)
          .append(": [")
          .append(values.stream().map(HordeWorkspaces::quoted).collect(Collectors.joining(", ")))
          .append("]\n");
    }
  }

  private static void line(StringBuilder text, String key, String value) {
    text.append(key).append(": ").append(quoted(value)).append('\n');
  }

  private static String quoted(String value) {
    return "'" + value.replace("'", "''") + "'";
  }
}
