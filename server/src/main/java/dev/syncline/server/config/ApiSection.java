package dev.syncline.server.config;

import dev.syncline.core.model.FilePath;
import dev.syncline.core.model.SyncException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Reads a link to a JSON API. */
final class ApiSection {

  static final Set<String> KEYS =
      Set.of(
          "json-api",
          "categories",
          "headers",
          "token-file",
          "user",
          "timeout",
          "most-lost",
          "clash",
          "offer",
          "last-updated",
          "watch-interval");

  private static final Set<String> CATEGORY_KEYS =
      Set.of("url", "file", "id", "records", "next", "schema", "form", "fewest");

  private final Function<String, Path> paths;

  /**
   * @param paths reads a path as a workspace's file writes it
   */
  ApiSection(Function<String, Path> paths) {
    this.paths = paths;
  }

  Optional<LinkSettings.Place> place(YamlSection section) {
    return section
        .value("json-api", new WebAddress()::parse)
        .flatMap(base -> settings(section, base))
        .map(LinkSettings.Place.Api::new);
  }

  private Optional<ApiSettings> settings(YamlSection section, URI base) {
    var categories = new LinkedHashMap<String, ApiSettings.Category>();
    section
        .section("categories")
        .ifPresent(all -> {
          for (String name : all.keys()) {
            category(all, name, base).ifPresent(it -> categories.put(name, it));
          }
        });
    if (categories.isEmpty()) {
      section.problem(
          "json-api", "name what is read: `categories:`, and a line such as `models: {}` for each");
      return Optional.empty();
    }
    var files = new LinkedHashSet<FilePath>();
    categories.forEach((name, it) -> {
      if (!files.add(it.file())) {
        section.problem("categories", "two categories are " + it.file() + ": give one a `file`");
      }
    });
    var headers = new LinkedHashMap<String, String>();
    section
        .section("headers")
        .ifPresent(all -> {
          for (String name : all.keys()) {
            all.value(name, ApiSection::header).ifPresent(value -> headers.put(name, value));
          }
        });
    var usual = ApiSettings.Limits.USUAL;
    return Optional.of(
        new ApiSettings(
            base,
            categories,
            new ApiSettings.Access(
                headers,
                section.value("user", text -> text),
                section.value("token-file", paths).map(Secret::file)),
            new ApiSettings.Limits(
                section
                    .value(
                        "timeout",
                        Quantity.duration(Duration.ofSeconds(1), Duration.ofMinutes(10))::parse)
                    .orElse(usual.timeout()),
                section
                    .value("most-lost", Quantity.number(0, 100)::parse)
                    .orElse(usual.mostLost())),
            section
                .value("clash", new Choice<>(ApiSettings.Clash.class)::parse)
                .orElse(ApiSettings.Clash.SOURCE),
            section.section("offer").map(this::offered).orElse(ApiSettings.Offered.NOTHING),
            lastUpdated(section, base)));
  }

  private ApiSettings.Offered offered(YamlSection section) {
    section.knowsOnly(Set.of("file", "added", "changed", "removed"));
    return new ApiSettings.Offered(
        section.value("file", paths),
        section.value("added", ApiSection::request),
        section.value("changed", ApiSection::request),
        section.value("removed", ApiSection::request));
  }

  private static String request(String text) {
    if (!text.matches("(POST|PUT|PATCH|DELETE) https?://[^/\\s]+/\\S*")) {
      throw new SyncException.Invalid(
          "`" + text + "` is not a method and an address: PUT https://host/{category}/{key}");
    }
    return text;
  }

  private Optional<ApiSettings.Category> category(YamlSection all, String name, URI base) {
    if (!all.has(name)) {
      return address(base, name).map(it -> ApiSettings.Category.usual(it, name + ".json"));
    }
    return all.section(name)
        .flatMap(section -> {
          section.knowsOnly(CATEGORY_KEYS);
          Optional<URI> address =
              section.has("url")
                  ? section.value("url", text -> resolved(base, text))
                  : address(base, name);
          return address.map(it ->
              new ApiSettings.Category(
                  it,
                  section.value("file", FilePath::new).orElseGet(() -> file(name)),
                  section.value("id", text -> text),
                  section.value("records", ApiSection::pointer).orElse(""),
                  section.value("next", ApiSection::next),
                  section.value("schema", paths),
                  section.value("form", ApiSettings.Form::of).orElse(ApiSettings.Form.JSON),
                  section.value("fewest", Quantity.number(1, 1_000_000)::parse).orElse(1)));
        });
  }

  private static FilePath file(String category) {
    return new FilePath(category + ".json");
  }

  private static Optional<URI> address(URI base, String name) {
    return Optional.of(resolved(base, name));
  }

  /** Below the base, even if no slash is at its end. */
  static URI resolved(URI base, String text) {
    try {
      String folder = base.toString().endsWith("/") ? base.toString() : base + "/";
      URI address = URI.create(folder).resolve(text.replace(" ", "%20"));
      if (address.getHost() != null && address.getScheme().startsWith("http")) {
        return address;
      }
    } catch (IllegalArgumentException e) {
      // The sentence below is for these, too.
    }
    throw new SyncException.Invalid("`" + text + "` is no address");
  }

  private static Optional<ApiSettings.LastUpdated> lastUpdated(YamlSection section, URI base) {
    return section.value(
        "last-updated",
        text -> {
          int mark = text.indexOf('#');
          if (mark < 0) {
            throw new SyncException.Invalid(
                "write the address, #, and a JSON Pointer into its answer: last_updated#/time");
          }
          return new ApiSettings.LastUpdated(
              resolved(base, text.substring(0, mark)),
              pointer(text.substring(mark + 1)),
              section
                  .value(
                      "watch-interval",
                      Quantity.seconds(Duration.ofSeconds(1), Duration.ofDays(1))::parse)
                  .orElse(Duration.ofMinutes(1)));
        });
  }

  private static String pointer(String text) {
    if (!text.isEmpty() && !text.startsWith("/")) {
      throw new SyncException.Invalid("`" + text + "` is no JSON Pointer: it begins with /");
    }
    return text;
  }

  private static String next(String text) {
    if (!text.equals("link") && !text.startsWith("/") && !text.matches("page [A-Za-z0-9_.-]+")) {
      throw new SyncException.Invalid(
          "`" + text + "` is not `link`, a JSON Pointer such as /next, or `page PARAMETER`");
    }
    return text;
  }

  private static String header(String value) {
    if (value.chars().anyMatch(c -> c < ' ' || c == 0x7F)) {
      throw new SyncException.Invalid("a header has one line");
    }
    return value;
  }
}
