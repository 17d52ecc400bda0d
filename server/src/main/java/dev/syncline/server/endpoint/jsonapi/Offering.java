package dev.syncline.server.endpoint.jsonapi;

import dev.syncline.core.json.JsonText;
import dev.syncline.core.model.SyncException;
import dev.syncline.core.records.FieldChange;
import dev.syncline.core.records.RecordChange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Tells a source what people edited. It stays told until the source says the same: a file is made
 * anew when the edits are other ones, a request is sent in every run.
 */
record Offering(Offer offer, ApiHttp http, Where where) {

  /** Where people edited. */
  enum Where {
    BASE("people edited"),
    PULL_REQUEST("people edited on the pull request");

    private final String words;

    Where(String words) {
      this.words = words;
    }
  }

  /** In one run; the others come in the next. */
  private static final int MOST_REQUESTS = 100;

  /**
   * Offers edits; none if nobody edited anything.
   *
   * @return what people should know, a sentence each
   */
  List<String> tell(List<Edited> edits) {
    List<Edited> some = edits.stream().filter(it -> it.differences().counts().total() > 0).toList();
    return switch (offer) {
      case Offer.Nothing _ -> List.of();
      case Offer.InFile(Path path) -> inFile(path, some);
      case Offer.ByRequest requests -> byRequest(requests, some);
    };
  }

  private List<String> inFile(Path path, List<Edited> edits) {
    byte[] text = text(edits).getBytes(StandardCharsets.UTF_8);
    try {
      if (edits.isEmpty()) {
        Files.deleteIfExists(path);
        return List.of();
      }
      if (!Files.exists(path) || !Arrays.equals(Files.readAllBytes(path), text)) {
        Path fresh = path.resolveSibling(path.getFileName() + ".tmp");
        Path parent = path.getParent();
        if (parent != null) {
          Files.createDirectories(parent);
        }
        Files.write(fresh, text);
        Files.move(
            fresh, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      }
    } catch (IOException e) {
      throw new SyncException.Unavailable("the offer " + path + " can't be written: " + e, e);
    }
    int records = edits.stream().mapToInt(it -> it.differences().counts().total()).sum();
    return List.of(count(records) + " that " + where.words + ": offered to the source in " + path);
  }

  private static String count(int records) {
    return records == 1 ? "1 record" : records + " records";
  }

  private List<String> byRequest(Offer.ByRequest requests, List<Edited> edits) {
    var notes = new ArrayList<String>();
    int sent = 0;
    for (Edited edited : edits) {
      for (Told told : told(edited)) {
        Optional<Offer.Request> request = Optional.ofNullable(requests.requests().get(told.kind()));
        if (request.isPresent() && sent < MOST_REQUESTS) {
          sent++;
          http.send(
                  request.get().method(),
                  request.get().of(edited.category().name(), told.key()),
                  told.body())
              .ifPresent(notes::add);
        }
      }
    }
    if (sent > 0) {
      notes.addFirst(count(sent) + " that " + where.words + ": offered to the source");
    }
    return notes;
  }

  /** One record that the source is told of. */
  private record Told(Offer.Kind kind, String key, Optional<String> body) {}

  private static List<Told> told(Edited edited) {
    var all = new ArrayList<Told>();
    for (String key : edited.differences().added()) {
      all.add(new Told(Offer.Kind.ADDED, key, record(edited, key)));
    }
    for (RecordChange change : edited.differences().modified()) {
      all.add(new Told(Offer.Kind.CHANGED, change.key(), record(edited, change.key())));
    }
    for (String key : edited.differences().removed()) {
      all.add(new Told(Offer.Kind.REMOVED, key, Optional.empty()));
    }
    return all;
  }

  private static Optional<String> record(Edited edited, String key) {
    return Optional.ofNullable(edited.records().get(key));
  }

  /**
   * By category: the records that were added, those that were changed and how, and removed keys.
   */
  private static String text(List<Edited> edits) {
    return edits.stream()
        .map(edited ->
            JsonText.quoted(edited.category().name())
                + ": {\n\"added\": {"
                + lines(
                    edited.differences().added().stream()
                        .map(
                            key -> JsonText.quoted(key) + ": " + record(edited, key).orElse("null"))
                        .toList())
                + "},\n\"changed\": {"
                + lines(
                    edited.differences().modified().stream()
                        .map(change -> changed(edited, change))
                        .toList())
                + "},\n\"removed\": ["
                + lines(edited.differences().removed().stream().map(JsonText::quoted).toList())
                + "]}")
        .collect(Collectors.joining(",\n", "{\n", "\n}\n"));
  }

  private static String changed(Edited edited, RecordChange change) {
    return JsonText.quoted(change.key())
        + ": {\"fields\": ["
        + lines(change.fields().stream().map(Offering::field).toList())
        + "], \"record\": "
        + record(edited, change.key()).orElse("null")
        + "}";
  }

  private static String field(FieldChange field) {
    return "{\"path\": "
        + JsonText.quoted(field.path())
        + field.old().map(value -> ", \"source\": " + value).orElse("")
        + field.current().map(value -> ", \"git\": " + value).orElse("")
        + "}";
  }

  private static String lines(List<String> items) {
    return items.isEmpty() ? "" : items.stream().collect(Collectors.joining(",\n", "\n", "\n"));
  }
}
