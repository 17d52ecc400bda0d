package dev.syncline.server.config;

import dev.syncline.core.model.FilePath;
import dev.syncline.core.model.Glob;
import dev.syncline.core.model.PathMapping;
import dev.syncline.core.model.SyncException;
import dev.syncline.core.plan.Direction;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads the links of a workspace's file. */
final class LinkSection {

  private static final Set<String> FOLDER_KEYS = Set.of("folder", "quiet");
  private static final Set<String> GIT_KEYS =
      Set.of(
          "git",
          "branch",
          "user",
          "token-file",
          "token-variable",
          "ssh-key",
          "passphrase-file",
          "github-app",
          "webhook-secret-file",
          "pull-request");
  private static final Set<String> LINK_KEYS =
      Set.of("direction", "prefix", "include", "exclude", "reconcile");

  private static final Set<String> RELAY_KEYS =
      Set.of("relay", "server", "key-file", "quiet", "commit-interval", "message", "events");

  static final String NO_PLACE =
      "a link leads to one place: a folder, a git repository, a shared folder of a relay, or a"
          + " json-api";

  private final Path folder;

  /**
   * @param folder that paths start from
   */
  LinkSection(Path folder) {
    this.folder = folder;
  }

  /** Reads one; empty if that can't be, which the section has noted then. */
  Optional<LinkSettings> link(YamlSection section) {
    List<Kind> kinds = Stream.of(Kind.values()).filter(it -> section.has(it.key())).toList();
    if (kinds.size() != 1) {
      section.keys().stream().findFirst().ifPresent(key -> section.problem(key, NO_PLACE));
      return Optional.empty();
    }
    Kind kind = kinds.getFirst();
    var known = new HashSet<>(LINK_KEYS);
    known.addAll(kind.keys());
    section.knowsOnly(known);
    Duration reconcile =
        section
            .value("reconcile", Quantity.duration(Duration.ofSeconds(1), Duration.ofDays(7))::parse)
            .orElse(
                section.has("pull-request") ? LinkSettings.REVIEWED_RECONCILE : kind.reconcile());
    Optional<LinkSettings.Place> place =
        switch (kind) {
          case FOLDER -> folder(section);
          case GIT -> branch(section);
          case RELAY -> shared(section);
          case API -> new ApiSection(this::path).place(section);
        };
    Direction direction = direction(section, kind);
    boolean tells =
        place
            .filter(it -> it instanceof LinkSettings.Place.Api(var api) && api.offered().isWanted())
            .isPresent();
    if (tells && direction == Direction.REPLACE) {
      section.problem(
          "direction", "a source that replaces what people edited has no use for an `offer`");
    }
    Direction both = tells ? Direction.BOTH : direction;
    return place.map(there -> new LinkSettings(there, both, mapping(section), reconcile));
  }

  /** What a link leads to, by the key that says so. */
  private enum Kind {
    FOLDER(LinkSettings.FOLDER_RECONCILE),
    GIT(LinkSettings.GIT_RECONCILE),
    RELAY(LinkSettings.RELAY_RECONCILE),
    API(LinkSettings.API_RECONCILE);

    private final Duration reconcile;

    Kind(Duration reconcile) {
      this.reconcile = reconcile;
    }

    String key() {
      return this == API ? "json-api" : name().toLowerCase(Locale.ROOT);
    }

    /** What may be said of its direction; the first if nothing is. */
    List<Direction> directions() {
      return switch (this) {
        case FOLDER, GIT -> List.of(Direction.BOTH, Direction.IN, Direction.OUT);
        case RELAY -> List.of(Direction.IN);
        case API -> List.of(Direction.IN, Direction.REPLACE);
      };
    }

    Set<String> keys() {
      return switch (this) {
        case FOLDER -> FOLDER_KEYS;
        case GIT -> GIT_KEYS;
        case RELAY -> RELAY_KEYS;
        case API -> ApiSection.KEYS;
      };
    }

    Duration reconcile() {
      return reconcile;
    }
  }

  private Optional<LinkSettings.Place> shared(YamlSection section) {
    var wait = Quantity.seconds(Duration.ZERO, Duration.ofDays(1));
    return section
        .value("relay", text -> text)
        .map(id ->
            new LinkSettings.Place.Shared(
                id,
                section.value("server", new WebAddress()::parse),
                section.value("key-file", this::path).map(Secret::file),
                new LinkSettings.Rhythm(
                    section.value("quiet", wait::parse),
                    section.value("commit-interval", wait::parse)),
                section.value("message", text -> text),
                section
                    .value("events", new Choice<>(LinkSettings.Events.class)::parse)
                    .orElse(LinkSettings.Events.WEBHOOK)));
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
    String name = section.value("branch", text -> text).orElse("main");
    Optional<LinkSettings.Place.Branch> branch =
        section
            .value("git", text -> text)
            .map(url ->
                new LinkSettings.Place.Branch(
                    url,
                    name,
                    access(section),
                    section.value("webhook-secret-file", this::path).map(Secret::file)));
    if (!section.has("pull-request")) {
      return branch.map(it -> it);
    }
    return branch.flatMap(it ->
        section
            .section("pull-request")
            .map(requests ->
                new LinkSettings.Place.Reviewed(
                    it, new PullRequestSection(this::path).read(requests))));
  }

  private LinkSettings.Access access(YamlSection section) {
    if (section.has("github-app")) {
      return section
          .section("github-app")
          .<LinkSettings.Access>flatMap(this::app)
          .orElseGet(LinkSettings.Access.Open::new);
    }
    Optional<Secret> token = secret(section, "token");
    Optional<Path> key = section.value("ssh-key", this::path);
    if (token.isPresent()) {
      String user = section.value("user", text -> text).orElse("x-access-token");
      return new LinkSettings.Access.Token(user, token.get());
    }
    return key.<LinkSettings.Access>map(file ->
            new LinkSettings.Access.Key(
                file, section.value("passphrase-file", this::path).map(Secret::file)))
        .orElseGet(LinkSettings.Access.Open::new);
  }

  private Optional<LinkSettings.Access.App> app(YamlSection section) {
    section.knowsOnly(Set.of("id", "installation", "key-file", "key-variable", "api"));
    Optional<String> id = section.value("id", text -> text);
    Optional<Long> installation = section.value("installation", LinkSection::number);
    Optional<Secret> key = secret(section, "key");
    Optional<URI> api = section.value("api", LinkSection::address);
    if (id.isEmpty() || key.isEmpty()) {
      section.keys().stream()
          .findFirst()
          .ifPresent(
              first -> section.problem(first, "an app has id, and key-file or key-variable"));
      return Optional.empty();
    }
    return Optional.of(new LinkSettings.Access.App(id.get(), installation, key.get(), api));
  }

  /** What a file holds, or a variable. */
  private Optional<Secret> secret(YamlSection section, String what) {
    return section
        .value(what + "-file", this::path)
        .map(Secret::file)
        .or(() ->
            section
                .value(what + "-variable", text -> text)
                .map(name -> Secret.variable(name, System.getenv())));
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

  private static Direction direction(YamlSection section, Kind kind) {
    List<Direction> known = kind.directions();
    return section
        .value("direction", new Choice<>(Direction.class)::parse)
        .filter(direction -> {
          if (!known.contains(direction)) {
            section.problem(
                "direction",
                "`"
                    + kind.key()
                    + "` goes "
                    + known.stream()
                        .map(it -> it.name().toLowerCase(Locale.ROOT))
                        .collect(Collectors.joining(" or ")));
          }
          return known.contains(direction);
        })
        .orElse(known.getFirst());
  }

  private static PathMapping mapping(YamlSection section) {
    return new PathMapping(
        section.value("prefix", FilePath::new),
        section.list("include", Glob::of),
        section.list("exclude", Glob::of),
        List.of());
  }

  /** A path as a workspace's file writes it. */
  Path path(String text) {
    String home = System.getProperty("user.home", "");
    String whole = text.equals("~") || text.startsWith("~/") ? home + text.substring(1) : text;
    return Path.of(new LocalPath().from(folder, whole)).toAbsolutePath().normalize();
  }
}
