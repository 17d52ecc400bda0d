package dev.syncline.server.endpoint.jsonapi;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.syncline.core.model.Author;
import dev.syncline.core.model.FilePath;
import dev.syncline.core.model.FileVersion;
import dev.syncline.core.port.Hints;
import dev.syncline.core.port.Observed;
import dev.syncline.testkit.MapSnapshot;
import dev.syncline.testkit.MemoryContents;
import dev.syncline.testkit.SettableClock;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;

/** A link to a {@link SourceServer}, and what its base is. For one thread. */
final class Looking implements AutoCloseable {

  static final Pace QUICK = new Pace(3, Duration.ofMillis(2), Duration.ofSeconds(2), new Random(1));

  final SettableClock clock = new SettableClock();
  final MemoryContents contents = new MemoryContents();
  private final List<Category> categories = new ArrayList<>();
  private final SourceServer server;
  private Credentials credentials = Credentials.NONE;
  private Duration patience = Duration.ofSeconds(20);
  private Optional<JsonApiEndpoint> opened = Optional.empty();
  private MapSnapshot base = MapSnapshot.EMPTY;

  Looking(SourceServer server) {
    this.server = server;
  }

  /** A category whose records are members of an object. */
  Looking at(String name) {
    return at(name, Category.AnswerShape.PLAIN, new JsonForm(Optional.empty()));
  }

  Looking at(String name, Category.AnswerShape shape, RecordForm form) {
    return at(
        new Category(
            name,
            server.base().resolve(name),
            new FilePath(name + ".json"),
            shape,
            Optional.empty(),
            form));
  }

  Looking at(Category category) {
    categories.add(category);
    return this;
  }

  Looking showing(Credentials others) {
    credentials = others;
    return this;
  }

  Looking waiting(Duration most) {
    patience = most;
    return this;
  }

  JsonApiEndpoint endpoint() {
    JsonApiEndpoint endpoint =
        opened.orElseGet(() ->
            new JsonApiEndpoint(
                new Source(
                    server.base(),
                    categories,
                    credentials,
                    patience,
                    0.25,
                    new Author("Ada", ""),
                    new Offer.Nothing()),
                QUICK,
                clock));
    opened = Optional.of(endpoint);
    return endpoint;
  }

  Observed look() {
    return look(new Hints.Everywhere());
  }

  /** Looks, and takes what was seen as the new base. */
  Observed look(Hints hints) {
    Observed seen = endpoint().observe(base, hints, contents);
    var files = new TreeMap<>(base.files());
    seen.changes()
        .byPath()
        .forEach((path, change) -> {
          assertTrue(change.after().isPresent(), path + " is deleted");
          files.put(path, change.after().get());
        });
    base = MapSnapshot.of(files);
    return seen;
  }

  /** As if nothing had ever been recorded. */
  void forget() {
    base = MapSnapshot.EMPTY;
  }

  /** What is known, as texts. */
  Map<String, String> files() {
    var files = new TreeMap<String, String>();
    base.forEach((path, version) -> files.put(path.value(), text(version)));
    return files;
  }

  private String text(FileVersion version) {
    return new String(contents.read(version.content()), StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    opened.ifPresent(JsonApiEndpoint::close);
  }
}
