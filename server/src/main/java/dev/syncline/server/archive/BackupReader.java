package dev.syncline.server.archive;

import dev.syncline.core.model.Sha256;
import dev.syncline.core.model.SyncException;
import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/** Reads a backup whose every byte has been checked. Confined to one thread. */
final class BackupReader implements AutoCloseable {

  private static final int HASH_LENGTH = 64;
  private static final String GAP = "  ";

  private final ZipFile zip;
  private final Map<String, String> checksums;

  private BackupReader(ZipFile zip, Map<String, String> checksums) {
    this.zip = zip;
    this.checksums = checksums;
  }

  /**
   * Opens a backup and reads all of it once.
   *
   * @throws SyncException.Invalid if it is none, is cut short or damaged; says where
   */
  static BackupReader open(Path file) throws IOException {
    ZipFile zip;
    try {
      zip = new ZipFile(file.toFile());
    } catch (ZipException | EOFException e) {
      throw new SyncException.Invalid("this is no backup, or it was cut short: " + reason(e), e);
    }
    boolean sound = false;
    try {
      var reader = new BackupReader(zip, checksums(zip));
      reader.check();
      sound = true;
      return reader;
    } catch (ZipException | EOFException e) {
      throw new SyncException.Invalid("the backup is cut short or damaged: " + reason(e), e);
    } finally {
      if (!sound) {
        zip.close();
      }
    }
  }

  /** The runtime says nothing when a length leads it behind the end of the file. */
  private static String reason(IOException e) {
    String message = e.getMessage();
    return message == null ? "it ends too early" : message;
  }

  /** Names of all entries. */
  Set<String> names() {
    return checksums.keySet();
  }

  /** One entry's content. */
  InputStream read(String name) throws IOException {
    ZipEntry entry = zip.getEntry(name);
    if (entry == null) {
      throw new SyncException.Invalid("the backup is damaged: it has lost its entry " + name);
    }
    return zip.getInputStream(entry);
  }

  @Override
  public void close() throws IOException {
    zip.close();
  }

  private static Map<String, String> checksums(ZipFile zip) throws IOException {
    ZipEntry entry = zip.getEntry(BackupWriter.CHECKSUMS);
    if (entry == null) {
      throw new SyncException.Invalid(
          "this is no backup of Syncline, or it was cut short: it has no "
              + BackupWriter.CHECKSUMS);
    }
    var checksums = new LinkedHashMap<String, String>();
    try (var lines =
        new BufferedReader(
            new InputStreamReader(zip.getInputStream(entry), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.indexOf(GAP) != HASH_LENGTH) {
          throw new SyncException.Invalid(
              "the backup is damaged: " + BackupWriter.CHECKSUMS + " has a line that is none");
        }
        checksums.put(line.substring(HASH_LENGTH + GAP.length()), line.substring(0, HASH_LENGTH));
      }
    }
    return checksums;
  }

  private void check() throws IOException {
    byte[] block = new byte[8 << 10];
    for (Map.Entry<String, String> expected : checksums.entrySet()) {
      MessageDigest digest = Sha256.start();
      try (InputStream in = read(expected.getKey())) {
        for (int count = in.read(block); count >= 0; count = in.read(block)) {
          digest.update(block, 0, count);
        }
      }
      if (!HexFormat.of().formatHex(digest.digest()).equals(expected.getValue())) {
        throw new SyncException.Invalid(
            "the backup is damaged: " + expected.getKey() + " is not what was written");
      }
    }
  }
}
