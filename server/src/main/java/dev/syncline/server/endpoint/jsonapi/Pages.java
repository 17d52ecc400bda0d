package dev.syncline.server.endpoint.jsonapi;

import dev.syncline.core.json.JsonDocument;
import dev.syncline.core.json.JsonNode;
import dev.syncline.core.json.JsonReader;
import dev.syncline.core.json.JsonReading;
import dev.syncline.core.json.JsonSlot;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads all that a source says about a category, page by page. Confined to one look. */
final class Pages {

  private static final int MOST_PAGES = 1_000;
  private static final Pattern LINK =
      Pattern.compile("<([^>]*)>[^,]*;\\s*rel=\"?(?:[^\",;]*\\s)?next(?:[\\s\",;]|$)");

  private final ApiHttp http;
  private final Category category;
  private final List<String> records = new ArrayList<>();
  private int size;

  Pages(ApiHttp http, Category category) {
    this.http = http;
    this.category = category;
  }

  /** What a look at a category found. */
  sealed interface Found {

    /**
     * Its records.
     *
     * @param json an object or an array of them
     * @param conditions for the next request; empty if the source gave none
     */
    record Said(byte[] json, Map<String, String> conditions) implements Found {}

    /** What the conditions speak of. */
    record Same() implements Found {}

    /** Nothing that can be used. */
    record Nothing(Trouble trouble) implements Found {}
  }

  Found read(Map<String, String> conditions) throws InterruptedException {
    Set<URI> seen = new HashSet<>();
    Optional<URI> address = Optional.of(first());
    while (address.isPresent()) {
      if (!seen.add(address.get()) || seen.size() > MOST_PAGES) {
        return nothing("its pages never end: correct `next`");
      }
      switch (http.get(address.get(), conditions)) {
        case Answer.Failed(Trouble trouble) -> {
          return new Found.Nothing(trouble);
        }
        case Answer.Unchanged() -> {
          return new Found.Same();
        }
        case Answer.Contents answer -> {
          Optional<String> html = html(answer);
          if (html.isPresent()) {
            return nothing(html.get());
          }
          switch (JsonReader.read(answer.body())) {
            case JsonReading.Refused(String reason) -> {
              return nothing("sends no JSON that can be used (" + reason + "): is it cut off?");
            }
            case JsonReading.Read(JsonDocument document) -> {
              Optional<JsonNode> value = Pointer.find(document.root(), category.answer().records());
              if (value.isEmpty()) {
                return nothing("has nothing at " + category.answer().records());
              }
              if (category.answer().next().isEmpty()) {
                return new Found.Said(whole(answer, value.get()), conditions(answer));
              }
              Optional<String> problem = add(value.get());
              if (problem.isPresent()) {
                return nothing(problem.get());
              }
              address = next(answer, document, value.get());
              if (address.filter(it -> !ApiHttp.isSameServer(it, category.address())).isPresent()) {
                return nothing("sends us to another server for its next page");
              }
            }
          }
        }
      }
    }
    return new Found.Said(assembled(), Map.of());
  }

  private URI first() {
    return category.answer().next().orElse(null) instanceof Category.Next.PageNumber(String name)
        ? numbered(name, 1)
        : category.address();
  }

  private URI numbered(String parameter, int page) {
    String text = category.address().toString();
    return URI.create(text + (text.indexOf('?') < 0 ? "?" : "&") + parameter + "=" + page);
  }

  private int page = 1;

  private Optional<URI> next(Answer.Contents answer, JsonDocument document, JsonNode value) {
    return switch (category.answer().next().orElseThrow()) {
      case Category.Next.LinkHeader() ->
          answer.headers().allValues("Link").stream()
              .map(LINK::matcher)
              .filter(Matcher::find)
              .map(link -> answer.address().resolve(link.group(1)))
              .findFirst();
      case Category.Next.Field(String pointer) ->
          Pointer.scalar(document.root(), pointer).map(answer.address()::resolve);
      case Category.Next.PageNumber(String parameter) ->
          value.slots().isEmpty() ? Optional.empty() : Optional.of(numbered(parameter, ++page));
    };
  }

  /** Without records of a page, or with a sentence about what they are not. */
  private Optional<String> add(JsonNode value) {
    Optional<String> id = category.answer().id();
    if (Records.in(value, id) instanceof Records.Wrong(String reason)) {
      return Optional.of(reason);
    }
    for (JsonSlot slot : value.slots()) {
      String text =
          id.isPresent() ? slot.node().text() : slot.nameText() + ": " + slot.node().text();
      size += text.length();
      records.add(text);
    }
    return size > JsonReader.LARGEST
        ? Optional.of("sends more than " + (JsonReader.LARGEST >> 20) + " MiB in all")
        : Optional.empty();
  }

  private byte[] assembled() {
    boolean array = category.answer().id().isPresent();
    String inner = records.isEmpty() ? "" : "\n" + String.join(",\n", records) + "\n";
    return ((array ? "[" : "{") + inner + (array ? "]\n" : "}\n")).getBytes(StandardCharsets.UTF_8);
  }

  private byte[] whole(Answer.Contents answer, JsonNode value) {
    return category.answer().records().isEmpty()
        ? answer.body()
        : value.text().getBytes(StandardCharsets.UTF_8);
  }

  private static Map<String, String> conditions(Answer.Contents answer) {
    Optional<String> tag = answer.headers().firstValue("ETag");
    if (tag.isPresent()) {
      return Map.of("If-None-Match", tag.get());
    }
    return answer
        .headers()
        .firstValue("Last-Modified")
        .map(date -> Map.of("If-Modified-Since", date))
        .orElse(Map.of());
  }

  private static Optional<String> html(Answer.Contents answer) {
    String type = answer.headers().firstValue("Content-Type").orElse("");
    String start =
        new String(
                answer.body(), 0, Math.min(answer.body().length, 200), StandardCharsets.ISO_8859_1)
            .strip();
    if (start.isEmpty()) {
      return Optional.of("sends an empty answer");
    }
    return type.startsWith("text/html") || start.startsWith("<")
        ? Optional.of(
            "sends a web page in place of JSON: is the address right, or does a proxy or a log-in"
                + " stand in between?")
        : Optional.empty();
  }

  private Found nothing(String what) {
    return new Found.Nothing(Trouble.unusable(category.address() + " " + what));
  }
}
