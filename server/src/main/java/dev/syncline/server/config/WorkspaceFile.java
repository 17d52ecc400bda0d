package dev.syncline.server.config;

import dev.syncline.core.model.Author;
import dev.syncline.core.model.Glob;
import dev.syncline.core.model.LinkName;
import dev.syncline.core.model.PathMapping;
import dev.syncline.core.model.SyncException;
import dev.syncline.core.model.WorkspaceName;
import dev.syncline.core.plan.Direction;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;

/** Reads a workspace's file. */
public final class WorkspaceFile {

  private static final Pattern AUTHOR = Pattern.compile("(.*?)\\s*<([^<>]*)>");

  /** The link of a workspace's repository to its own checkout. */
  private static final LinkName CHECKOUT = new LinkName("checkout");

  private final WorkspaceName name;
  private final LinkSection places;
  private final Author author;
  private final List<Problem> problems = new ArrayList<>();

  private WorkspaceFile(WorkspaceName name, Path folder, Author author) {
    this.name = name;
    this.places = new LinkSection(folder);
    this.author = author;
  }

  /**
   * Reads a workspace.
   *
   * @param name of the workspace
   * @param text of its file
   * @param folder that paths in it start from
   * @param author if the file names none
   * @throws SyncException.Invalid with all problems, a line each
   */
  public static WorkspaceSettings read(
      WorkspaceName name, String text, Path folder, Author author) {
    return new WorkspaceFile(name, folder, author).read(text);
  }

  private WorkspaceSettings read(String text) {
    String label = name + ".yaml";
    WorkspaceSettings settings = null;
    try {
      var root = new Compose(LoadSettings.builder().setLabel(label).build()).composeString(text);
      if (root.isPresent() && root.get() instanceof MappingNode mapping) {
        settings = workspace(new YamlSection(label, "", mapping, problems));
      } else {
        problems.add(new Problem(label, "a workspace is made of lines like `links:`"));
      }
    } catch (YamlEngineException e) {
      problems.add(new Problem(label, "is not YAML: " + e.getMessage()));
    }
    if (settings == null || !problems.isEmpty()) {
      throw new SyncException.Invalid(
          problems.stream().map(Problem::toString).collect(Collectors.joining("\n")));
    }
    return settings;
  }

  private WorkspaceSettings workspace(YamlSection root) {
    root.knowsOnly(
        Set.of(
            "repository",
            "author",
            "authors",
            "links",
            "policies",
            "safeguard",
            "signing",
            "encrypt"));
    Optional<Path> repository = root.value("repository", places::path);
    var links = new LinkedHashMap<LinkName, LinkSettings>();
    var authors = new LinkedHashMap<String, Author>();
    root.section("authors")
        .ifPresent(section -> {
          for (String user : section.keys()) {
            section.value(user, WorkspaceFile::author).ifPresent(it -> authors.put(user, it));
          }
        });
    root.section("links").ifPresent(section -> links.putAll(links(section)));
    repository.ifPresent(path -> {
      if (links.put(CHECKOUT, checkout(path)) != null) {
        root.problem("links", "where there is a repository, the link checkout is its own");
      }
    });
    var described = List.copyOf(links.values());
    links.replaceAll((_, link) -> CategoryFiles.alone(link, described));
    var policies = new LinkedHashMap<String, String>();
    root.section("policies")
        .ifPresent(section -> {
          for (String pattern : section.keys()) {
            section.value(pattern, text -> text).ifPresent(p -> policies.put(pattern, p));
          }
        });
    return new WorkspaceSettings(
        name,
        repository,
        root.value("author", WorkspaceFile::author).orElse(author),
        authors,
        links,
        policies,
        root.section("safeguard").map(WorkspaceFile::brakes).orElse(WorkspaceSettings.Brakes.USUAL),
        root.section("signing").flatMap(this::signing),
        encryption(root));
  }

  private Optional<SigningSettings> signing(YamlSection section) {
    section.knowsOnly(Set.of("ssh-key", "openpgp-key", "passphrase-file", "committer"));
    boolean isSsh = section.has("ssh-key");
    if (isSsh == section.has("openpgp-key")) {
      section.keys().stream()
          .findFirst()
          .ifPresent(key -> section.problem(key, "give either ssh-key or openpgp-key"));
      return Optional.empty();
    }
    return section
        .value(isSsh ? "ssh-key" : "openpgp-key", places::path)
        .map(key ->
            new SigningSettings(
                isSsh ? SigningSettings.Form.SSH : SigningSettings.Form.OPENPGP,
                key,
                section.value("passphrase-file", places::path).map(Secret::file),
                section.value("committer", WorkspaceFile::author)));
  }

  private Optional<EncryptionSettings> encryption(YamlSection root) {
    Optional<EncryptionSettings> settings = root.section("encrypt").map(this::encrypted);
    if (settings.filter(it -> it.paths().isEmpty() || it.recipients().isEmpty()).isPresent()) {
      root.problem("encrypt", "encryption needs both paths and recipients");
    }
    return settings;
  }

  private EncryptionSettings encrypted(YamlSection section) {
    section.knowsOnly(Set.of("paths", "recipients", "identity-file"));
    return new EncryptionSettings(
        section.list("paths", Glob::of),
        section.list("recipients", String::strip),
        section.value("identity-file", places::path).map(Secret::file));
  }

  private static WorkspaceSettings.Brakes brakes(YamlSection section) {
    section.knowsOnly(Set.of("files", "percent"));
    var usual = WorkspaceSettings.Brakes.USUAL;
    return new WorkspaceSettings.Brakes(
        section.value("files", Quantity.number(0, 999_999_999)::parse).orElse(usual.files()),
        section.value("percent", Quantity.number(0, 100)::parse).orElse(usual.percent()));
  }

  private Map<LinkName, LinkSettings> links(YamlSection section) {
    var links = new LinkedHashMap<LinkName, LinkSettings>();
    for (String key : section.keys()) {
      try {
        var link = new LinkName(key);
        Optional<YamlSection> its = section.section(key);
        if (its.isPresent() && its.get().keys().isEmpty()) {
          section.problem(key, LinkSection.NO_PLACE);
        }
        its.flatMap(places::link).ifPresent(read -> links.put(link, read));
      } catch (SyncException.Invalid e) {
        section.problem(key, String.valueOf(e.getMessage()));
      }
    }
    return links;
  }

  private static LinkSettings checkout(Path repository) {
    return new LinkSettings(
        new LinkSettings.Place.Folder(repository, LinkSettings.FOLDER_QUIET),
        Direction.BOTH,
        PathMapping.WHOLE,
        LinkSettings.FOLDER_RECONCILE);
  }

  private static Author author(String text) {
    Matcher written = AUTHOR.matcher(text.strip());
    return written.matches()
        ? new Author(written.group(1), written.group(2))
        : new Author(text.strip(), "");
  }
}
