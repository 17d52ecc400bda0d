package dev.syncline.server.endpoint.relay;

import dev.syncline.core.model.ChangeMessage;
import dev.syncline.core.model.FilePath;
import dev.syncline.core.model.SyncException;
import dev.syncline.server.config.Uuid;
import dev.syncline.yjs.YAny;
import dev.syncline.yjs.YDoc;
import dev.syncline.yjs.YValue;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What a shared folder's document lists. Immutable. */
public final class FolderListing {

  private static final String FILES = "filemeta_v0";

  /** Where old clients list notes, and only notes. */
  private static final String OLD_NOTES = "docs";

  private static final Pattern SHA_256 = Pattern.compile("[0-9a-f]{64}");

  private final SortedMap<FilePath, Entry> entries;
  private final SortedMap<String, String> skipped;

  /** The paths of each document, by its id in the relay. */
  private final Map<String, List<FilePath>> paths = new HashMap<>();

  private final Map<FilePath, String> waiting = new HashMap<>();
  private final List<String> strays = new ArrayList<>();

  private FolderListing(SortedMap<FilePath, Entry> entries, SortedMap<String, String> skipped) {
    this.entries = Collections.unmodifiableSortedMap(entries);
    this.skipped = Collections.unmodifiableSortedMap(skipped);
    entries.forEach((path, entry) ->
        paths.computeIfAbsent(entry.id().resource(), _ -> new ArrayList<>(1)).add(path));
    skipped.forEach((key, reason) -> {
      try {
        waiting.put(path(key), reason);
      } catch (SyncException.Invalid e) {
        strays.add(key);
      }
    });
  }

  /** The files, by path. */
  public SortedMap<FilePath, Entry> entries() {
    return entries;
  }

  /** What is at a path. */
  Optional<Entry> at(FilePath path) {
    return Optional.ofNullable(entries.get(path));
  }

  /**
   * Keys that can be no file, with the reason; and files of which nobody has uploaded anything yet:
   * nothing follows from them, and least of all a deletion.
   */
  public SortedMap<String, String> skipped() {
    return skipped;
  }

  /**
   * The files that are skipped, though there could be files at their paths: what is there stays.
   */
  Map<FilePath, String> waiting() {
    return Collections.unmodifiableMap(waiting);
  }

  /** What of it can't be a file anywhere, for people; empty if all can. */
  Optional<String> strays() {
    return strays.isEmpty()
        ? Optional.empty()
        : Optional.of(
            strays.size()
                + " entries of the shared folder can't be files and are left out, such as \""
                + ChangeMessage.plain(strays.getFirst())
                + "\": rename them in the editor");
  }

  /** Where documents are. */
  Set<FilePath> pathsOf(Set<String> documents) {
    return documents.stream()
        .flatMap(document -> paths.getOrDefault(document, List.of()).stream())
        .collect(Collectors.toSet());
  }

  /** Whether it lists a document. */
  boolean has(String document) {
    return paths.containsKey(document);
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
    leaveOutTorn(entries, skipped);
    return new FolderListing(entries, skipped);
  }

  /** Two people made a file and a folder of one name: which is meant, only they can say. */
  private static void leaveOutTorn(Map<FilePath, Entry> entries, Map<String, String> skipped) {
    var torn = new HashMap<FilePath, String>();
    entries
        .keySet()
        .forEach(path ->
            path.above()
                .filter(entries::containsKey)
                .forEach(file -> {
                  torn.put(file, "there is a folder of the same name: rename one of them");
                  torn.put(
                      path,
                      file + " is a file, and the folder that this is in: rename one of them");
                }));
    torn.forEach((path, reason) -> {
      entries.remove(path);
      skipped.put("/" + path, reason);
    });
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
      SafeNames.check(path);
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
    if (!Uuid.is(lower)) {
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
