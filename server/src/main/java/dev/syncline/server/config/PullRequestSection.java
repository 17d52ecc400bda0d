package dev.syncline.server.config;

import dev.syncline.core.model.FilePath;
import dev.syncline.core.model.SyncException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Reads how a link proposes changes. */
final class PullRequestSection {

  private static final Set<String> KEYS =
      Set.of(
          "branch",
          "forge",
          "api",
          "token-file",
          "output",
          "title",
          "body-file",
          "source",
          "labels",
          "reviewers",
          "teams",
          "assignees",
          "fewest",
          "derived");

  private final Function<String, Path> paths;

  /**
   * @param paths reads a path as a workspace's file writes it
   */
  PullRequestSection(Function<String, Path> paths) {
    this.paths = paths;
  }

  PullRequestSettings read(YamlSection section) {
    section.knowsOnly(KEYS);
    return new PullRequestSettings(
        section.value("branch", text -> text),
        new PullRequestSettings.Host(
            section.value("forge", new Choice<>(PullRequestSettings.Forge.class)::parse),
            section.value("api", new WebAddress()::parse),
            section.value("token-file", paths).map(Secret::file)),
        new PullRequestSettings.Wording(
            section.value("title", text -> text),
            section.value("body-file", this::contents),
            section.value("source", text -> text)),
        new PullRequestSettings.Company(
            section.list("labels", text -> text),
            section.list("reviewers", text -> text),
            section.list("teams", text -> text),
            section.list("assignees", text -> text)),
        section.value("fewest", Quantity.number(1, 1_000_000)::parse).orElse(1),
        derived(section),
        section.value("output", paths));
  }

  private String contents(String text) {
    Path file = paths.apply(text);
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new SyncException.Invalid("the text " + file + " can't be read: is it there?", e);
    }
  }

  private static Set<PullRequestSettings.Derived> derived(YamlSection section) {
    var all = new LinkedHashSet<PullRequestSettings.Derived>();
    section
        .section("derived")
        .ifPresent(files -> {
          for (String master : files.keys()) {
            Optional<PullRequestSettings.Rule> rule =
                files.value(master, new Choice<>(PullRequestSettings.Rule.class)::parse);
            rule.ifPresent(
                by -> all.add(new PullRequestSettings.Derived(new FilePath(master), by)));
          }
        });
    return all;
  }
}
