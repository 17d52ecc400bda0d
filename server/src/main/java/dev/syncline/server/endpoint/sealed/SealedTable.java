package dev.syncline.server.endpoint.sealed;

import dev.syncline.core.model.ContentId;
import dev.syncline.core.model.SyncException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which clear contents are in which age file: sealing the same twice gives two files, and a file
 * that nobody changed must stay what it is. A line for each, added at the end; a torn line is
 * passed over. Whoever loses the table loses time only: age files are opened again. Thread-safe.
 */
final class SealedTable {

  /** A line that says for whom the age files behind it are sealed. */
  private static final String RECIPIENTS = "recipients";

  /**
   * Clear contents.
   *
   * @param size in bytes
   */
  record Clear(ContentId id, long size) {}

  private final Path file;
  private final Map<ContentId, Clear> bySealed = new HashMap<>();
  private final Map<ContentId, ContentId> byClear = new HashMap<>();
  private String recipients = "";

  /**
   * @param recipients for whom is sealed from now on: what was sealed for others is still known,
   *     but not used for new files
   */
  SealedTable(Path file, List<String> recipients) {
    this.file = file;
    try {
      if (Files.exists(file)) {
        Files.readString(file, StandardCharsets.ISO_8859_1).lines().forEach(this::read);
      }
    } catch (IOException e) {
      throw new SyncException.Unavailable("can't read " + file + ": check the disk", e);
    }
    String now = String.join(",", recipients.stream().sorted().toList());
    if (!now.equals(this.recipients)) {
      write(RECIPIENTS + " " + now + " .");
      read(RECIPIENTS + " " + now + " .");
    }
  }

  private void read(String line) {
    String[] words = line.split(" ", -1);
    if (!words[words.length - 1].equals(".")) {
      return;
    }
    if (words.length == 3 && words[0].equals(RECIPIENTS)) {
      recipients = words[1];
      byClear.clear();
    } else if (words.length == 4) {
      try {
        var clear = new Clear(ContentId.parse(words[1]), Long.parseLong(words[2]));
        remember(ContentId.parse(words[0]), clear);
      } catch (SyncException.Invalid | NumberFormatException _) {
        // A damaged line costs as much as one that is missing.
      }
    }
  }

  private void remember(ContentId sealed, Clear clear) {
    bySealed.put(sealed, clear);
    byClear.put(clear.id(), sealed);
  }

  /** What is in an age file; empty if that is not known yet. */
  synchronized Optional<Clear> clear(ContentId sealed) {
    return Optional.ofNullable(bySealed.get(sealed));
  }

  /** The newest age file that is known to hold these. */
  synchronized Optional<ContentId> sealed(ContentId clear) {
    return Optional.ofNullable(byClear.get(clear));
  }

  synchronized void add(ContentId sealed, Clear clear) {
    remember(sealed, clear);
    write("%s %s %d .".formatted(sealed, clear.id(), clear.size()));
  }

  private void write(String line) {
    try {
      Files.writeString(file, line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new SyncException.Unavailable("can't write " + file + ": check the disk", e);
    }
  }
}
