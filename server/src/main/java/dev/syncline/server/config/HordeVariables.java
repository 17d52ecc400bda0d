package dev.syncline.server.config;

import dev.syncline.core.json.JsonDocument;
import dev.syncline.core.json.JsonReader;
import dev.syncline.core.json.JsonReading;
import dev.syncline.core.json.JsonSlot;
import dev.syncline.core.json.JsonText;
import dev.syncline.core.model.Author;
import dev.syncline.core.model.SyncException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Reads the variables of the AI Horde's sync service: those that it obeys, and those that only its
 * documentation knew. Confined to one reading.
 */
final class HordeVariables {

  /** {@code OWNER/NAME}, or an address. */
  private static final Pattern REPOSITORY =
      Pattern.compile("(?:(https?://[^/\\s]+)/)?([^/\\s]+)/([^/\\s]+?)(?:\\.git)?/?");

  private static final String PREFIX = "HORDE_GITHUB_SYNC_";
  private static final String REFERENCE = "HORDE_MODEL_REFERENCE_";

  private static final List<String> KNOWN =
      List.of(
          "PRIMARY_API_URL",
          "PRIMARY_API_TIMEOUT",
          "GITHUB_TOKEN",
          "CATEGORIES_TO_SYNC",
          "PR_REVIEWERS",
          "PR_LABELS",
          "PR_AUTO_ASSIGN_TEAM",
          "MIN_CHANGES_THRESHOLD",
          "SYNC_TEMP_DIR",
          "TARGET_CLONE_DIR",
          "DRY_RUN",
          "NO_PR",
          "OUTPUT_DIR",
          "VERBOSE_LOGGING",
          "WATCH_MODE",
          "WATCH_INTERVAL_SECONDS",
          "WATCH_INITIAL_DELAY_SECONDS",
          "WATCH_ENABLE_STARTUP_SYNC",
          "SUPPRESS_META_WARNINGS",
          "GITHUB_IMAGE_REPO",
          "GITHUB_TEXT_REPO",
          "GITHUB_BRANCH");

  private static final URI NOWHERE = URI.create("https://invalid");
  private static final Duration LONGEST = Duration.ofDays(1);

  private final Map<String, String> environment;
  private final List<String> problems = new ArrayList<>();

  HordeVariables(Map<String, String> environment) {
    this.environment = environment;
  }

  HordeSettings settings() {
    new TreeSet<>(environment.keySet()).forEach(this::mustBeKnown);
    Optional<URI> primary = value(PREFIX + "PRIMARY_API_URL", new WebAddress()::parse);
    if (primary.isEmpty() && text(PREFIX + "PRIMARY_API_URL").isEmpty()) {
      problems.add("set " + PREFIX + "PRIMARY_API_URL, or give --primary-url: where the API is");
    }
    var settings =
        new HordeSettings(
            primary.orElse(NOWHERE),
            seconds("PRIMARY_API_TIMEOUT").orElse(Duration.ofSeconds(30)),
            categories(),
            repo("IMAGE", "AI-Horde-image-model-reference"),
            repo("TEXT", "AI-Horde-text-model-reference"),
            access(),
            new HordeSettings.Review(
                list("PR_LABELS").orElse(List.of("automated", "sync", "ready-for-review")),
                list("PR_REVIEWERS").orElse(List.of()),
                text(PREFIX + "PR_AUTO_ASSIGN_TEAM")
                    .map(team -> team.substring(team.lastIndexOf('/') + 1))),
            work(),
            watch(),
            new Author(
                text("GIT_AUTHOR_NAME").orElse("Horde Model Reference Bot"),
                text("GIT_AUTHOR_EMAIL").orElse("bot@horde-model-reference.local")));
    if (!problems.isEmpty()) {
      throw new SyncException.Invalid(String.join("\n", problems));
    }
    return settings;
  }

  private void mustBeKnown(String name) {
    if (name.startsWith(PREFIX) && !KNOWN.contains(name.substring(PREFIX.length()))) {
      problems.add(
          name
              + ": there is no such variable"
              + Nearest.to(name.substring(PREFIX.length()), KNOWN)
                  .map(near -> "; did you mean " + PREFIX + near + "?")
                  .orElse(""));
    }
  }

  private List<HordeCategory> categories() {
    var named = new ArrayList<HordeCategory>();
    for (String word : list("CATEGORIES_TO_SYNC").orElse(List.of())) {
      read(PREFIX + "CATEGORIES_TO_SYNC", word, HordeCategory::of).ifPresent(named::add);
    }
    return named.isEmpty()
        ? HordeCategory.synced()
        : Arrays.stream(HordeCategory.values()).filter(named::contains).toList();
  }

  /** By the newer names, or by those of older documentation. */
  private HordeSettings.Repo repo(String which, String usual) {
    String newer = REFERENCE + which + "_GITHUB_REPO__";
    String older = PREFIX + "GITHUB_" + which + "_REPO";
    String whole = text(older).orElse("Haidra-Org/" + usual);
    Matcher parts = REPOSITORY.matcher(whole);
    if (!parts.matches()) {
      problems.add(older + ": `" + whole + "` is not OWNER/NAME");
      parts.reset("Haidra-Org/" + usual).matches();
    }
    return new HordeSettings.Repo(
        Optional.ofNullable(parts.group(1)).orElse("https://github.com"),
        text(newer + "OWNER").orElse(parts.group(2)),
        text(newer + "NAME").orElse(parts.group(3)),
        text(newer + "BRANCH").or(() -> text(PREFIX + "GITHUB_BRANCH")).orElse("main"));
  }

  /** An app counts before a token, as there. */
  private HordeSettings.Access access() {
    Optional<String> id = text("GITHUB_APP_ID");
    Optional<String> key = text("GITHUB_APP_PRIVATE_KEY");
    Optional<String> path = text("GITHUB_APP_PRIVATE_KEY_PATH");
    if (key.isPresent() && path.isPresent()) {
      problems.add(
          "GITHUB_APP_PRIVATE_KEY and GITHUB_APP_PRIVATE_KEY_PATH are both set: take one out");
    }
    Optional<Secret> secret =
        key.flatMap(it -> read("GITHUB_APP_PRIVATE_KEY", it, this::privateKey))
            .or(() -> path.map(file -> Secret.file(Path.of(file))));
    if (id.isPresent() != (key.isPresent() || path.isPresent())) {
      problems.add(
          "an app needs GITHUB_APP_ID, and GITHUB_APP_PRIVATE_KEY or GITHUB_APP_PRIVATE_KEY_PATH");
    }
    Optional<Long> installation =
        value("GITHUB_INSTALLATION_ID", HordeVariables::id)
            .or(() -> value("GITHUB_APP_INSTALLATION_ID", HordeVariables::id));
    if (id.isPresent() && secret.isPresent()) {
      return new HordeSettings.Access.App(id.get(), installation, secret.get());
    }
    return Stream.of(PREFIX + "GITHUB_TOKEN", "GITHUB_TOKEN")
        .filter(name -> text(name).isPresent())
        .findFirst()
        .<HordeSettings.Access>map(
            name -> new HordeSettings.Access.Token(Secret.variable(name, environment)))
        .orElseGet(HordeSettings.Access.Nobody::new);
  }

  private HordeSettings.Work work() {
    boolean files = truth("NO_PR");
    return new HordeSettings.Work(
        truth("DRY_RUN")
            ? HordeSettings.Goal.DRY_RUN
            : files ? HordeSettings.Goal.FILES : HordeSettings.Goal.PULL_REQUEST,
        Math.max(
            1,
            value(PREFIX + "MIN_CHANGES_THRESHOLD", Quantity.number(-999_999, 999_999)::parse)
                .orElse(1)),
        text(PREFIX + "OUTPUT_DIR").map(Path::of),
        text(PREFIX + "TARGET_CLONE_DIR").map(Path::of),
        truth("VERBOSE_LOGGING") ? HordeSettings.Detail.VERBOSE : HordeSettings.Detail.USUAL);
  }

  private HordeSettings.Watch watch() {
    Optional<Duration> interval =
        Optional.of(
            seconds("WATCH_INTERVAL_SECONDS")
                .filter(it -> !it.isZero())
                .orElse(Duration.ofMinutes(1)));
    return new HordeSettings.Watch(
        truth("WATCH_MODE") ? interval : Optional.empty(),
        seconds("WATCH_INITIAL_DELAY_SECONDS").orElse(Duration.ZERO),
        truth("WATCH_ENABLE_STARTUP_SYNC") ? HordeSettings.First.SYNC : HordeSettings.First.WAIT);
  }

  private Optional<Duration> seconds(String name) {
    return value(PREFIX + name, Quantity.seconds(Duration.ZERO, LONGEST)::parse);
  }

  private boolean truth(String name) {
    return value(
            PREFIX + name,
            text ->
                switch (text.toLowerCase(Locale.ROOT)) {
                  case "1", "true", "t", "yes", "y", "on" -> true;
                  case "0", "false", "f", "no", "n", "off" -> false;
                  default -> throw new SyncException.Invalid("`" + text + "` is not true or false");
                })
        .orElse(false);
  }

  /** {@code a,b} and {@code ["a","b"]}. */
  private Optional<List<String>> list(String name) {
    return value(
        PREFIX + name,
        text ->
            text.startsWith("[")
                ? words(text)
                : Arrays.stream(text.split(","))
                    .map(String::strip)
                    .filter(word -> !word.isEmpty())
                    .toList());
  }

  private static List<String> words(String json) {
    if (JsonReader.read(json.getBytes(StandardCharsets.UTF_8))
            instanceof JsonReading.Read(JsonDocument document)
        && document.root().slots().stream().allMatch(it -> it.node().first() == '"')) {
      return document.root().slots().stream()
          .map(JsonSlot::node)
          .map(it -> JsonText.decoded(it.text()))
          .toList();
    }
    throw new SyncException.Invalid("`" + json + "` is no list: write a,b or [\"a\",\"b\"]");
  }

  /** In a variable, a line's end is often written as a backslash and an n. */
  private Secret privateKey(String text) {
    if (!text.startsWith("-----BEGIN")) {
      throw new SyncException.Invalid("is no private key: it begins with -----BEGIN");
    }
    return Secret.variable("GITHUB_APP_PRIVATE_KEY", environment);
  }

  private static long id(String text) {
    if (!text.matches("[0-9]{1,18}")) {
      throw new SyncException.Invalid("`" + text + "` is no number");
    }
    return Long.parseLong(text);
  }

  private Optional<String> text(String name) {
    return Environment.value(environment, name).map(String::strip);
  }

  private <T> Optional<T> value(String name, Function<String, T> reading) {
    return text(name).flatMap(text -> read(name, text, reading));
  }

  private <T> Optional<T> read(String name, String text, Function<String, T> reading) {
    try {
      return Optional.of(reading.apply(text));
    } catch (SyncException.Invalid e) {
      problems.add(name + ": " + e.getMessage());
      return Optional.empty();
    }
  }
}
