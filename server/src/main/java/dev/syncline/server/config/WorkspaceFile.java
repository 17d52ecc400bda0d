package dev.syncline.server.config;

import dev.syncline.core.model.Author;
import dev.syncline.core.model.FilePath;
import dev.syncline.core.model.Glob;
import dev.syncline.core.model.LinkName;
import dev.syncline.core.model.PathMapping;
import dev.syncline.core.model.SyncException;
import dev.syncline.core.model.WorkspaceName;
import dev.syncline.core.plan.Direction;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
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
  private static final Set<String> FOLDER_KEYS = Set.of("folder", "quiet");
  private static final Set<String> GIT_KEYS =
      Set.of(
          "git",
          "branch",
          "user",
          "token-file",
          "ssh-key",
          "passphrase-file",
          "github-app",
          "webhook-secret-file");
  private static final Set<String> LINK_KEYS =
      Set.of("direction", "prefix", "include", "exclude", "reconcile");

  private static final String NO_PLACE = "a link has either a folder or a git repository";

  private final WorkspaceName name;
  private final Path folder;
  private final Author author;
  private final List<Problem> problems = new ArrayList<>();

  private WorkspaceFile(WorkspaceName name, Path folder, Author author) {
    this.name = name;
    this.folder = folder;
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
    root.knowsOnly(Set.of("author", "links", "policies", "safeguard", "signing", "encrypt"));
    var links = new LinkedHashMap<LinkName, LinkSettings>();
    root.section("links").ifPresent(section -> links.putAll(links(section)));
    var policies = new LinkedHashMap<String, String>();
    root.section("policies")
        .ifPresent(section -> {
          for (String pattern : section.keys()) {
            section.value(pattern, text -> text).ifPresent(p -> policies.put(pattern, p));
          }
        });
    return new WorkspaceSettings(
        name,
        root.value("author", WorkspaceFile::author).orElse(author),
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
        .value(isSsh ? "ssh-key" : "openpgp-key", this::path)
        .map(key ->
            new SigningSettings(
                isSsh ? SigningSettings.Form.SSH : SigningSettings.Form.OPENPGP,
                key,
                section.value("passphrase-file", this::path).map(Secret::file),
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
        section.value("identity-file", this::path).map(Secret::file));
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
          section.problem(key, NO_PLACE);
        }
        its.flatMap(this::link).ifPresent(read -> links.put(link, read));
      } catch (SyncException.Invalid e) {
        section.problem(key, String.valueOf(e.getMessage()));
      }
    }
    return links;
  }

  private Optional<LinkSettings> link(YamlSection section) {
    boolean isFolder = section.has("folder");
    if (isFolder == section.has("git")) {
      section.keys().stream().findFirst().ifPresent(key -> section.problem(key, NO_PLACE));
      return Optional.empty();
    }
    var known = new HashSet<>(LINK_KEYS);
    known.addAll(isFolder ? FOLDER_KEYS : GIT_KEYS);
    section.knowsOnly(known);
    Duration usual = isFolder ? LinkSettings.FOLDER_RECONCILE : LinkSettings.GIT_RECONCILE;
    Duration reconcile =
        section
            .value("reconcile", Quantity.duration(Duration.ofSeconds(1), Duration.ofDays(7))::parse)
            .orElse(usual);
    Optional<LinkSettings.Place> place = isFolder ? folder(section) : branch(section);
    return place.map(
        there -> new LinkSettings(there, direction(section), mapping(section), reconcile));
  }

  private Optional<LinkSettings.Place> folder(YamlSection section) {
    Duration quiet =
        section
            .value("quiet", Quantity.duration(Duration.ZERO, Duration.ofMinutes(1))::parse)
            .orElse(LinkSettings.FOLDER_QUIET);
    return section
        .value("folder", this::path)
        .map(path -> new LinkSettings.Place.Folder(path, quiet));
  }

  private Optional<LinkSettings.Place> branch(YamlSection section) {
    String branch = section.value("branch", text -> text).orElse("main");
    return section
        .value("git", text -> text)
        .map(url ->
            new LinkSettings.Place.Branch(
                url,
                branch,
                access(section),
                section.value("webhook-secret-file", this::path).map(Secret::file)));
  }

  private LinkSettings.Access access(YamlSection section) {
    if (section.has("github-app")) {
      return section
          .section("github-app")
          .<LinkSettings.Access>flatMap(this::app)
          .orElseGet(LinkSettings.Access.Open::new);
    }
    Optional<Path> token = section.value("token-file", this::path);
    Optional<Path> key = section.value("ssh-key", this::path);
    if (token.isPresent()) {
      String user = section.value("user", text -> text).orElse("x-access-token");
      return new LinkSettings.Access.Token(user, Secret.file(token.get()));
    }
    return key.<LinkSettings.Access>map(file ->
            new LinkSettings.Access.Key(
                file, section.value("passphrase-file", this::path).map(Secret::file)))
        .orElseGet(LinkSettings.Access.Open::new);
  }

  private Optional<LinkSettings.Access.App> app(YamlSection section) {
    section.knowsOnly(Set.of("id", "installation", "key-file", "api"));
    Optional<String> id = section.value("id", text -> text);
    Optional<Long> installation = section.value("installation", WorkspaceFile::number);
    Optional<Path> key = section.value("key-file", this::path);
    Optional<URI> api = section.value("api", WorkspaceFile::address);
    if (id.isEmpty() || installation.isEmpty() || key.isEmpty()) {
      section.keys().stream()
          .findFirst()
          .ifPresent(first -> section.problem(first, "an app has id, installation and key-file"));
      return Optional.empty();
    }
    return Optional.of(new LinkSettings.Access.App(id.get(), installation.get(), key.get(), api));
  }

  private static long number(String text) {
    if (!text.matches("[0-9]{1,18}")) {
      throw new SyncException.Invalid("`" + text + "` is no number");
    }
    return Long.parseLong(text);
  }

  private static URI address(String text) {
    try {
      return new URI(text);
    } catch (URISyntaxException e) {
      throw new SyncException.Invalid("`" + text + "` is no address", e);
    }
  }

  private static Direction direction(YamlSection section) {
    return section
        .value(
            "direction",
            text ->
                switch (text.toLowerCase(Locale.ROOT)) {
                  case "both" -> Direction.BOTH;
                  case "in" -> Direction.IN;
                  case "out" -> Direction.OUT;
                  default ->
                      throw new SyncException.Invalid("`" + text + "` is not both, in or out");
                })
        .orElse(Direction.BOTH);
  }

  private static PathMapping mapping(YamlSection section) {
    return new PathMapping(
        section.value("prefix", FilePath::new),
        section.list("include", Glob::of),
        section.list("exclude", Glob::of),
        List.of());
  }

  private Path path(String text) {
    String home = System.getProperty("user.home", "");
    String whole = text.equals("~") || text.startsWith("~/") ? home + text.substring(1) : text;
    return Path.of(new LocalPath().from(folder, whole)).toAbsolutePath().normalize();
  }

  private static Author author(String text) {
    Matcher written = AUTHOR.matcher(text.strip());
    return written.matches()
        ? new Author(written.group(1), written.group(2))
        : new Author(text.strip(), "");
  }
}
