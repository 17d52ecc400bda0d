package dev.syncline.server.endpoint.sealed;

import dev.syncline.core.model.ContentId;
import dev.syncline.core.model.SyncException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

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
  private final int few;
  private final LinkedHashMap<ContentId, Clear> bySealed = new LinkedHashMap<>();
  private final Map<ContentId, ContentId> byClear = new HashMap<>();

  /** Age files for recipients who are no longer the ones. */
  private final Set<ContentId> outdated = new HashSet<>();

  private String recipients = "";
  private int lines;
  private int enough;

  /**
   * @param recipients for whom is sealed from now on: what was sealed for others is still known,
   *     but not used for new files
   * @param few so many lines of no use are never too many
   */
  SealedTable(Path file, List<String> recipients, int few) {
    this.file = file;
    this.few = few;
    this.enough = few;
    try {
      Files.deleteIfExists(fresh()); // a process that was killed may have left it
      if (Files.exists(file)) {
        String text = Files.readString(file, StandardCharsets.ISO_8859_1);
        text.lines().forEach(this::read);
        if (!text.isEmpty() && !text.endsWith("\n")) {
          write(""); // or the next line would be torn with this one
        }
      }
    } catch (IOException e) {
      throw new SyncException.Unavailable("can't read " + file + ": check the disk", e);
    }
    String now = String.join(",", recipients.stream().sorted().toList());
    if (!now.equals(this.recipients)) {
      write(recipientsLine(now));
      read(recipientsLine(now));
    }
  }

  private void read(String line) {
    lines++;
    String[] words = line.split(" ", -1);
    if (!words[words.length - 1].equals(".")) {
      return;
    }
    if (words.length == 3 && words[0].equals(RECIPIENTS)) {
      recipients = words[1];
      outdated.addAll(bySealed.keySet());
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
    bySealed.putLast(sealed, clear);
    byClear.put(clear.id(), sealed);
    outdated.remove(sealed);
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
    write(line(sealed, clear));
    lines++;
    remember(sealed, clear);
  }

  /** Whether it is worth finding out what is still of use. */
  synchronized boolean isLong() {
    return lines > enough;
  }

  /**
   * Forgets all that is of no use, if that is most of it. The file is replaced at once, so that a
   * process may be killed at any moment.
   *
   * @param used age files to be known further
   * @param texts clear contents whose age files are to be known further
   */
  synchronized void keep(Set<ContentId> used, Set<ContentId> texts) {
    var kept = new ArrayList<String>();
    var current = new ArrayList<String>();
    bySealed.forEach((sealed, clear) -> {
      if (used.contains(sealed) || texts.contains(clear.id())) {
        (outdated.contains(sealed) ? kept : current).add(line(sealed, clear));
      }
    });
    kept.add(recipientsLine(recipients));
    kept.addAll(current);
    enough = 2 * kept.size() + few;
    if (isLong() && isReplaced(String.join("\n", kept) + "\n")) {
      lines = 0;
      bySealed.clear();
      byClear.clear();
      outdated.clear();
      kept.forEach(this::read);
    }
  }

  private boolean isReplaced(String text) {
    try {
      try (FileChannel channel =
          FileChannel.open(
              fresh(),
              StandardOpenOption.CREATE,
              StandardOpenOption.TRUNCATE_EXISTING,
              StandardOpenOption.WRITE)) {
        var bytes = StandardCharsets.ISO_8859_1.encode(text);
        while (bytes.hasRemaining()) {
          channel.write(bytes);
        }
        channel.force(true);
      }
      Files.move(
          fresh(), file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      return true;
    } catch (IOException _) {
      return false; // a full disk, say: a long table is as good
    }
  }

  private Path fresh() {
    return file.resolveSibling(file.getFileName() + ".new");
  }

  private static String line(ContentId sealed, Clear clear) {
    return "%s %s %d .".formatted(sealed, clear.id(), clear.size());
  }

  private static String recipientsLine(String recipients) {
    return RECIPIENTS + " " + recipients + " .";
  }

  private void write(String line) {
    try {
      Files.writeString(file, line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new SyncException.Unavailable("can't write " + file + ": check the disk", e);
    }
  }
}
