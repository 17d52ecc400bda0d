package dev.syncline.server.view.json;

import dev.syncline.core.merge.ThreeWay;
import dev.syncline.core.model.Author;
import dev.syncline.core.model.Changes;
import dev.syncline.core.model.ContentId;
import dev.syncline.core.model.FileChange;
import dev.syncline.core.model.FileMode;
import dev.syncline.core.model.FilePath;
import dev.syncline.core.model.FileVersion;
import dev.syncline.core.model.SyncException;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Files, what happened to them, and who did it. */
public final class FileForm {

  private static final Pattern AUTHOR = Pattern.compile("([^<>]*?)\\s*<([^<>]*)>");

  private FileForm() {}

  /** {@code {"content": "…", "mode": "regular"}}. */
  public static ObjectNode write(FileVersion file) {
    return Fields.object()
        .put("content", file.content().toString())
        .put("mode", Fields.name(file.mode()));
  }

  public static FileVersion read(JsonNode node) {
    var fields = new Fields(node);
    FileMode mode = fields.has("mode") ? fields.constant("mode", FileMode.class) : FileMode.REGULAR;
    return new FileVersion(ContentId.parse(fields.text("content")), mode);
  }

  /** {@code {"name": "…", "email": "…"}}; what is read may also be {@code "Name <email>"}. */
  public static ObjectNode write(Author author) {
    return Fields.object().put("name", author.name()).put("email", author.email());
  }

  public static Author readAuthor(JsonNode node) {
    if (node.isString()) {
      Matcher written = AUTHOR.matcher(node.stringValue().strip());
      return written.matches()
          ? new Author(written.group(1), written.group(2))
          : new Author(node.stringValue().strip(), "");
    }
    if (!node.isObject()) {
      throw new SyncException.Invalid("`author` is missing: {\"name\": …, \"email\": …}");
    }
    var fields = new Fields(node);
    return new Author(fields.text("name"), fields.maybeText("email").orElse(""));
  }

  static FilePath readPath(JsonNode node) {
    if (!node.isString()) {
      throw new SyncException.Invalid("a path is a text");
    }
    return new FilePath(node.stringValue());
  }

  public static void write(ObjectNode into, ThreeWay sides) {
    sides.base().ifPresent(file -> into.set("base", write(file)));
    sides.ours().ifPresent(file -> into.set("ours", write(file)));
    sides.theirs().ifPresent(file -> into.set("theirs", write(file)));
  }

  static ThreeWay readSides(Fields fields) {
    return new ThreeWay(
        fields.maybe("base", FileForm::read),
        fields.maybe("ours", FileForm::read),
        fields.maybe("theirs", FileForm::read));
  }

  /** An entry for each path: what was there before, and what is there after. */
  static void write(ArrayNode into, Changes changes) {
    changes
        .byPath()
        .forEach((path, change) -> {
          ObjectNode entry = into.addObject().put("path", path.value()).put("change", word(change));
          change.before().ifPresent(file -> entry.set("before", write(file)));
          change.after().ifPresent(file -> entry.set("after", write(file)));
        });
  }

  static Changes readChanges(Fields fields, String key) {
    var changes = new TreeMap<FilePath, FileChange>();
    fields
        .list(key, Fields::new)
        .forEach(entry ->
            FileChange.between(
                    entry.maybe("before", FileForm::read), entry.maybe("after", FileForm::read))
                .ifPresent(change -> changes.put(new FilePath(entry.text("path")), change)));
    return new Changes(changes);
  }

  private static String word(FileChange change) {
    return switch (change) {
      case FileChange.Added _ -> "added";
      case FileChange.Modified _ -> "modified";
      case FileChange.Removed _ -> "removed";
    };
  }
}
