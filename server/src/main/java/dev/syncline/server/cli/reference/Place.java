package dev.syncline.server.cli.reference;

import dev.syncline.core.model.SyncException;
import dev.syncline.core.records.RecordForm;
import dev.syncline.core.records.RecordSet;
import dev.syncline.server.cli.reference.FileBytes.Afterwards;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Where reference data is: a file, a folder of files, or an address in the web. Holds files open;
 * those that it made go away when it is closed. Confined to one thread.
 */
public final class Place implements AutoCloseable {

  private final String name;
  private final boolean folder;
  private final List<FileBytes> files = new ArrayList<>();
  private final SequencedMap<String, RecordSet> sets = new TreeMap<>();

  private Place(String name, boolean folder) {
    this.name = name;
    this.folder = folder;
  }

  /**
   * Opens one, and reads nothing yet; what is in the web is fetched.
   *
   * @param text as given by a person
   * @param working the folder that a path starts from
   * @param id the field that identifies records, if they are a list
   */
  public static Place open(String text, Path working, Optional<String> id) throws IOException {
    if (Download.isAddress(text)) {
      return ofAddress(text, id);
    }
    Path path = working.resolve(text);
    if (!Files.exists(path)) {
      throw new SyncException.Invalid("there is no file or folder " + text);
    }
    var place = new Place(text, Files.isDirectory(path));
    try {
      if (place.folder) {
        place.addAll(path, id);
      } else {
        place.add(path, id);
      }
    } catch (IOException | RuntimeException e) {
      place.close();
      throw e;
    }
    return place;
  }

  /** As it was given, without what might be a secret. */
  public String name() {
    return name;
  }

  /** Whether it names its categories itself. */
  public boolean isFolder() {
    return folder;
  }

  /** Its categories by name; one that is no folder has one. */
  public SequencedMap<String, RecordSet> sets() {
    return sets;
  }

  private static Place ofAddress(String text, Optional<String> id) throws IOException {
    Path file = Files.createTempFile("syncline-", ".download");
    try {
      Download download = Download.of(text, file);
      var place = new Place(download.address(), false);
      String address = download.address();
      String last = address.substring(address.lastIndexOf('/') + 1);
      RecordForm form = download.csv() ? new RecordForm.Csv(id) : new RecordForm.Json(id);
      place.add(stem(last.isEmpty() ? "data" : last), address, file, form, Afterwards.DELETE);
      return place;
    } catch (IOException | RuntimeException e) {
      Files.deleteIfExists(file);
      throw e;
    }
  }

  private void addAll(Path path, Optional<String> id) throws IOException {
    List<Path> found;
    try (Stream<Path> list = Files.list(path)) {
      found = list.filter(Place::isCategory).sorted().toList();
    }
    if (found.isEmpty()) {
      throw new SyncException.Invalid(name + " holds no .json or .csv file");
    }
    for (Path file : found) {
      add(file, id);
    }
  }

  private void add(Path file, Optional<String> id) throws IOException {
    String fileName = String.valueOf(file.getFileName());
    String category = stem(fileName);
    if (sets.containsKey(category)) {
      throw new SyncException.Invalid(
          "%s holds two files of the category %s: compare them one by one"
              .formatted(name, category));
    }
    RecordForm form = RecordForm.ofFile(fileName, id);
    if (Files.isRegularFile(file)) {
      add(category, fileName, file, form, Afterwards.KEEP);
      return;
    }
    // A pipe can be read once only.
    Path copy = Files.createTempFile("syncline-", ".copy");
    try (InputStream in = Files.newInputStream(file)) {
      Files.copy(in, copy, StandardCopyOption.REPLACE_EXISTING);
    }
    add(category, fileName, copy, form, Afterwards.DELETE);
  }

  private void add(
      String category, String called, Path file, RecordForm form, Afterwards afterwards)
      throws IOException {
    var bytes = new FileBytes(file, afterwards);
    files.add(bytes);
    sets.put(category, new RecordSet(called, bytes, form));
  }

  private static boolean isCategory(Path file) {
    String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
    return Files.isRegularFile(file)
        && !name.startsWith(".")
        && (name.endsWith(".json") || name.endsWith(".csv"));
  }

  private static String stem(String name) {
    int point = name.lastIndexOf('.');
    return point > 0 ? name.substring(0, point) : name;
  }

  @Override
  public void close() throws IOException {
    for (FileBytes file : files) {
      file.close();
    }
  }
}
