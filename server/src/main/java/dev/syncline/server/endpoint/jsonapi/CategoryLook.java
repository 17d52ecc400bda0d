package dev.syncline.server.endpoint.jsonapi;

import dev.syncline.core.json.JsonDocument;
import dev.syncline.core.json.JsonReader;
import dev.syncline.core.json.JsonReading;
import dev.syncline.core.model.ContentId;
import dev.syncline.core.model.FileVersion;
import dev.syncline.core.model.Snapshot;
import dev.syncline.core.port.Contents;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;

/** Looks at one category: what it is now, or why nobody can say. Confined to one look. */
final class CategoryLook implements Callable<CategoryLook.Seen> {

  private final Category category;
  private final Source source;
  private final ApiHttp http;
  private final Optional<FileVersion> base;
  private final Contents contents;
  private final Remembered remembered;

  /**
   * What the source last said of each category, and how to ask whether it still does. Thread-safe.
   */
  static final class Remembered {

    private final Map<String, Answered> byName = new ConcurrentHashMap<>();

    private record Answered(ContentId content, Map<String, String> conditions) {}
  }

  /** What was seen. */
  sealed interface Seen {

    /** The file that the category is. */
    record File(Category category, ContentId content) implements Seen {}

    /** What the base says. */
    record Same() implements Seen {}

    /** Nobody knows. */
    record Held(Category category, Trouble trouble) implements Seen {}
  }

  CategoryLook(Category category, Source source, ApiHttp http, Snapshot base, Around around) {
    this.category = category;
    this.source = source;
    this.http = http;
    this.base = base.at(category.file()).filter(version -> version.mode().isFile());
    this.contents = around.contents();
    this.remembered = around.remembered();
  }

  /** What all looks share. */
  record Around(Contents contents, Remembered remembered) {}

  @Override
  public Seen call() throws InterruptedException {
    Optional<Remembered.Answered> known =
        Optional.ofNullable(remembered.byName.get(category.name()))
            .filter(it -> base.filter(now -> now.content().equals(it.content())).isPresent());
    return switch (new Pages(http, category)
        .read(known.map(Remembered.Answered::conditions).orElse(Map.of()))) {
      case Pages.Found.Nothing(Trouble trouble) -> new Seen.Held(category, trouble);
      case Pages.Found.Same() -> new Seen.Same();
      case Pages.Found.Said said -> said(said);
    };
  }

  private Seen said(Pages.Found.Said said) {
    Optional<Trouble> trouble = unfit(said.json());
    if (trouble.isPresent()) {
      return new Seen.Held(category, trouble.get());
    }
    byte[] file;
    try {
      file = category.form().file(said.json());
    } catch (IllegalArgumentException e) {
      return held("sends what can't be " + category.file() + ": " + e.getMessage());
    }
    ContentId id = ContentId.ofContents(file);
    boolean isSame = base.filter(now -> now.content().equals(id)).isPresent();
    if (!isSame) {
      Optional<Trouble> loss = loss(file);
      if (loss.isPresent()) {
        return new Seen.Held(category, loss.get());
      }
      contents.put(file);
    }
    if (said.conditions().isEmpty()) {
      remembered.byName.remove(category.name());
    } else {
      remembered.byName.put(category.name(), new Remembered.Answered(id, said.conditions()));
    }
    return isSame ? new Seen.Same() : new Seen.File(category, id);
  }

  private Optional<Trouble> unfit(byte[] json) {
    return switch (JsonReader.read(json)) {
      case JsonReading.Refused(String reason) ->
          Optional.of(unusable("sends no JSON that can be used (" + reason + ")"));
      case JsonReading.Read(JsonDocument document) ->
          switch (Records.in(document.root(), category.answer().id())) {
            case Records.Wrong(String reason) -> Optional.of(unusable(reason));
            case Records.Found(Set<String> ids) when ids.isEmpty() ->
                Optional.of(
                    unusable(
                        "sends no record at all; if that is right, take the category out of"
                            + " `categories` and delete its file"));
            case Records.Found _ ->
                category
                    .schema()
                    .flatMap(schema -> Schemas.refusal(schema, json))
                    .map(this::unusable);
          };
    };
  }

  private Optional<Trouble> loss(byte[] file) {
    Set<String> before =
        base.map(now -> category.form().ids(contents.read(now.content()))).orElse(Set.of());
    var lost = new HashSet<>(before);
    lost.removeAll(category.form().ids(file));
    return lost.size() > 1 && lost.size() > source.mostLost() * before.size()
        ? Optional.of(
            unusable(
                "lacks "
                    + lost.size()
                    + " of the "
                    + before.size()
                    + " records that it had; if that is right, set `most-lost` to "
                    + (lost.size() * 100 + before.size() - 1) / before.size()
                    + " or more for one run"))
        : Optional.empty();
  }

  private Seen held(String what) {
    return new Seen.Held(category, unusable(what));
  }

  private Trouble unusable(String what) {
    return Trouble.unusable(category.address() + " " + what);
  }
}
