package dev.syncline.server.endpoint.relay;

import dev.syncline.core.model.FilePath;
import dev.syncline.core.model.SyncException;
import dev.syncline.yjs.YAny;
import dev.syncline.yjs.YDoc;
import dev.syncline.yjs.YValue;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * What a shared folder's document lists.
 *
 * @param entries the files, by path
 * @param skipped keys that can be no file, with the reason; and files of which nobody has uploaded
 *     anything yet: nothing follows from them, and least of all a deletion
 */
public record FolderListing(SortedMap<FilePath, Entry> entries, Map<String, String> skipped) {

  private static final String FILES = "filemeta_v0";

  /** Where old clients list notes, and only notes. */
  private static final String OLD_NOTES = "docs";

  private static final Pattern SHA_256 = Pattern.compile("[0-9a-f]{64}");

  public FolderListing {
    entries = new TreeMap<>(entries);
    skipped = new TreeMap<>(skipped);
  }

  /**
   * Reads a folder's document.
   *
   * @param relay whose folder it is
   * @return empty if the server has none yet, which is not the same as a folder without files
   */
  public static Optional<FolderListing> read(String relay, YDoc folder) {
    boolean isThere = folder.roots().contains(FILES) || folder.roots().contains(OLD_NOTES);
    return isThere ? Optional.of(listing(relay, folder)) : Optional.empty();
  }

  private static FolderListing listing(String relay, YDoc folder) {
    var entries = new TreeMap<FilePath, Entry>();
    var skipped = new TreeMap<String, String>();
    Map<String, YValue> files = folder.map(FILES).values();
    Map<String, YValue> notes = folder.map(OLD_NOTES).values();
    boolean isOldUsed = folder.roots().contains(OLD_NOTES);
    files.forEach((key, value) -> {
      if (!(value instanceof YAny.Fields(Map<String, YAny> fields))) {
        skipped.put(key, "its entry is no object");
        return;
      }
      String type = text(fields, "type").orElse("");
      boolean isGoneForOldClients = isOldUsed && type.equals("markdown") && !notes.containsKey(key);
      if (!isGoneForOldClients && !type.equals("folder")) {
        add(key, () -> entry(relay, type, fields), entries, skipped);
      }
    });
    notes.forEach((key, value) -> {
      if (!files.containsKey(key)) {
        add(
            key,
            () -> new Entry.Note(id(relay, value instanceof YAny.Text(String id) ? id : "")),
            entries,
            skipped);
      }
    });
    return new FolderListing(entries, skipped);
  }

  /** Makes an entry, or says by an {@link SyncException.Invalid} why there is none. */
  @FunctionalInterface
  private interface Making {
    Entry make();
  }

  private static void add(
      String key, Making making, Map<FilePath, Entry> entries, Map<String, String> skipped) {
    try {
      FilePath path = path(key);
      entries.put(path, making.make());
    } catch (SyncException.Invalid e) {
      skipped.put(key, String.valueOf(e.getMessage()));
    }
  }

  private static FilePath path(String key) {
    if (!key.startsWith("/")) {
      throw new SyncException.Invalid("a path in a shared folder begins with /");
    }
    return new FilePath(key.substring(1));
  }

  private static Entry entry(String relay, String type, Map<String, YAny> fields) {
    RelayId id = id(relay, text(fields, "id").orElse(""));
    Optional<String> hash = text(fields, "hash").map(text -> text.toLowerCase(Locale.ROOT));
    return switch (type) {
      case "markdown" -> new Entry.Note(id);
      case "canvas" -> new Entry.Canvas(id);
      default ->
          new Entry.Attachment(
              id,
              hash.filter(text -> SHA_256.matcher(text).matches())
                  .orElseThrow(() -> new SyncException.Invalid("it is not uploaded yet")));
    };
  }

  private static RelayId id(String relay, String resource) {
    String lower = resource.toLowerCase(Locale.ROOT);
    if (!RelayId.isUuid(lower)) {
      throw new SyncException.Invalid("its id is no UUID");
    }
    return new RelayId(relay, lower);
  }

  private static Optional<String> text(Map<String, YAny> fields, String name) {
    return fields.get(name) instanceof YAny.Text(String text)
        ? Optional.of(text)
        : Optional.empty();
  }
}
