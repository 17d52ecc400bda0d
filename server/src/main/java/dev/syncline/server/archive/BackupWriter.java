package dev.syncline.server.archive;

import dev.syncline.core.model.Sha256;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Writes a backup's entries and, behind them, a list of their checksums in the form that {@code
 * sha256sum --check} reads. Confined to one thread.
 */
final class BackupWriter {

  /** The last entry: {@code <SHA-256 in hexadecimal> <name>} a line. */
  static final String CHECKSUMS = "SHA256SUMS";

  private final ZipOutputStream zip;
  private final StringBuilder checksums = new StringBuilder();

  BackupWriter(OutputStream out) {
    zip = new ZipOutputStream(out);
  }

  /** What one entry holds. */
  @FunctionalInterface
  interface Content {
    void writeTo(OutputStream out) throws IOException;
  }

  /** Writes an entry and answers its length in bytes. */
  long write(String name, Content content) throws IOException {
    zip.putNextEntry(new ZipEntry(name));
    var counted = new Digested(zip);
    content.writeTo(counted);
    zip.closeEntry();
    checksums.append(counted.hex()).append("  ").append(name).append('\n');
    return counted.length;
  }

  /** Writes the checksums: without them the backup counts as cut short. */
  void finish() throws IOException {
    byte[] list = checksums.toString().getBytes(StandardCharsets.UTF_8);
    var entry = new ZipEntry(CHECKSUMS);
    // Stored as it is, so that its damage is found without trusting what it says.
    var crc = new CRC32();
    crc.update(list);
    entry.setMethod(ZipEntry.STORED);
    entry.setSize(list.length);
    entry.setCrc(crc.getValue());
    zip.putNextEntry(entry);
    zip.write(list);
    zip.closeEntry();
    zip.finish();
  }

  /** Counts and digests what passes. */
  private static final class Digested extends FilterOutputStream {

    private final MessageDigest digest = Sha256.start();
    private long length;

    Digested(OutputStream out) {
      super(out);
    }

    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int count) throws IOException {
      out.write(bytes, from, count);
      digest.update(bytes, from, count);
      length += count;
    }

    String hex() {
      return HexFormat.of().formatHex(digest.digest());
    }
  }
}
