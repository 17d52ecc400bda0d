package dev.syncline.server.endpoint.folder;

import dev.syncline.core.model.ContentId;
import dev.syncline.core.model.FileVersion;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.zip.CRC32C;
import java.util.zip.CheckedInputStream;
import java.util.zip.CheckedOutputStream;

/**
 * Keeps the index while no program has it in memory. It saves work and nothing else: one that is
 * damaged, or from another version, is as good as none.
 *
 * <p>The form: a magic number; for each folder the number of its files and those files, then the
 * number of its folders and those, each behind its name; at the end the CRC-32C of all before.
 */
final class IndexFile {

  private static final long MAGIC = 0x53796e636c696e31L; // "Synclin1"
  private static final int BUFFER = 1 << 16;
  private static final int DEEPEST = 4096;

  private final Path file;

  IndexFile(Path file) {
    this.file = file;
  }

  /** The index as it was written; empty if there is none that can be used. */
  Optional<IndexedFolder> read() {
    var sum = new CRC32C();
    try (var in =
        new DataInputStream(
            new CheckedInputStream(
                new BufferedInputStream(
                    Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS), BUFFER),
                sum))) {
      if (in.readLong() != MAGIC) {
        return Optional.empty();
      }
      IndexedFolder root = readFolder(in, 0);
      long found = sum.getValue();
      return in.readLong() == found && in.read() < 0 ? Optional.of(root) : Optional.empty();
    } catch (IOException | RuntimeException _) {
      return Optional.empty();
    }
  }

  /** Replaces the file. */
  void write(IndexedFolder root) throws IOException {
    Path fresh = file.resolveSibling(file.getFileName() + ".new");
    Files.deleteIfExists(fresh);
    try {
      writeTo(fresh, root);
      Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      Files.deleteIfExists(fresh);
      throw e;
    }
  }

  private static void writeTo(Path file, IndexedFolder root) throws IOException {
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      var sum = new CRC32C();
      var whole = new BufferedOutputStream(Channels.newOutputStream(channel), BUFFER);
      var out = new DataOutputStream(new CheckedOutputStream(whole, sum));
      out.writeLong(MAGIC);
      writeFolder(out, root);
      out.writeLong(sum.getValue());
      out.flush();
      channel.force(true);
    }
  }

  private static IndexedFolder readFolder(DataInputStream in, int depth) throws IOException {
    if (depth > DEEPEST) {
      throw new IOException("no folder is that deep");
    }
    var folder = new IndexedFolder();
    int files = in.readInt();
    for (int i = 0; i < files; i++) {
      String name = readName(in);
      folder.put(name, readEntry(in));
    }
    int folders = in.readInt();
    for (int i = 0; i < folders; i++) {
      String name = readName(in);
      folder.putFolder(name, readFolder(in, depth + 1));
    }
    folder.trim();
    return folder;
  }

  private static void writeFolder(DataOutputStream out, IndexedFolder folder) throws IOException {
    out.writeInt(folder.count());
    for (int i = 0; i < folder.count(); i++) {
      writeName(out, folder.name(i));
      writeEntry(out, folder.entry(i));
    }
    out.writeInt(folder.folderCount());
    for (int i = 0; i < folder.folderCount(); i++) {
      writeName(out, folder.folderName(i));
      writeFolder(out, folder.folder(i));
    }
  }

  private static IndexEntry readEntry(DataInputStream in) throws IOException {
    int flags = in.readUnsignedByte();
    var stat =
        new FileStat(
            (flags & 4) == 0 ? FileStat.Kind.FILE : FileStat.Kind.LINK,
            in.readLong(),
            in.readLong(),
            in.readLong(),
            in.readLong(),
            (flags & 8) != 0);
    var content = new ContentId(in.readLong(), in.readLong(), in.readInt());
    return new IndexEntry(
        stat,
        (flags & 32) == 0
            ? Optional.of(new FileVersion(content, ModeNumber.mode(flags & 3)))
            : Optional.empty(),
        (flags & 16) == 0 ? IndexEntry.Freshness.SETTLED : IndexEntry.Freshness.RACY,
        false);
  }

  private static void writeEntry(DataOutputStream out, IndexEntry entry) throws IOException {
    FileStat stat = entry.stat();
    out.writeByte(
        ModeNumber.of(entry.mode())
            | (stat.kind() == FileStat.Kind.LINK ? 4 : 0)
            | (stat.executable() ? 8 : 0)
            | (entry.freshness() == IndexEntry.Freshness.RACY ? 16 : 0)
            | (entry.version().isEmpty() ? 32 : 0));
    out.writeLong(stat.size());
    out.writeLong(stat.modified());
    out.writeLong(stat.changed());
    out.writeLong(stat.id());
    ContentId content = entry.contentOrNothing();
    out.writeLong(content.head());
    out.writeLong(content.middle());
    out.writeInt(content.tail());
  }

  private static String readName(DataInputStream in) throws IOException {
    byte[] bytes = new byte[in.readUnsignedShort()];
    in.readFully(bytes);
    return RawName.text(bytes);
  }

  private static void writeName(DataOutputStream out, String name) throws IOException {
    byte[] bytes = RawName.bytes(name);
    out.writeShort(bytes.length);
    out.write(bytes);
  }
}
