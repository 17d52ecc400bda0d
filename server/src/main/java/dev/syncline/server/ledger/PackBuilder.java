package dev.syncline.server.ledger;

import java.io.BufferedOutputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.eclipse.jgit.errors.CorruptObjectException;
import org.eclipse.jgit.internal.storage.file.BasePackIndexWriter;
import org.eclipse.jgit.lib.AnyObjectId;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.transport.PackedObjectInfo;

/**
 * A pack in the making: objects are appended to a temporary file, can be read from there, and are
 * durable once {@link #seal} has returned. JGit's own inserter gives a pack its name before it is
 * on the disk, so that a power failure would leave a torn one.
 *
 * <p>Thread-safe. A failure leaves what was appended before it as it was.
 */
final class PackBuilder implements AutoCloseable {

  private static final int HEADER = 12;
  private static final int VERSION = 2;
  private static final int MAX_INFLATED_AT_ONCE = 1 << 16;

  private final Path packs;
  private final RandomAccessFile file;
  private final List<PackedObjectInfo> order = new ArrayList<>();
  private final Map<AnyObjectId, PackedObjectInfo> byId = new HashMap<>();
  private final CRC32 crc = new CRC32();

  /** Where the file is now. */
  private Path path;

  private long end = HEADER;
  private boolean isOpen = true;

  /**
   * Starts a pack.
   *
   * @param packs the folder of packs
   */
  PackBuilder(Path packs) throws IOException {
    this.packs = packs;
    this.path = packs.resolve(RepositoryFiles.TEMPORARY + "pack_" + UUID.randomUUID());
    // Not a channel: an interrupt of one thread would close it for all.
    this.file = new RandomAccessFile(path.toFile(), "rw");
  }

  /** Appends an object that is not here yet; {@code deflated} are its bytes in zlib's form. */
  synchronized boolean add(ObjectId id, int type, long size, byte[] deflated, int length)
      throws IOException {
    if (!isOpen) {
      return false;
    }
    if (byId.containsKey(id)) {
      return true;
    }
    byte[] whole = new byte[10 + length];
    int header = header(whole, type, size);
    System.arraycopy(deflated, 0, whole, header, length);
    crc.reset();
    crc.update(whole, 0, header + length);
    file.seek(end);
    file.write(whole, 0, header + length);
    var info = new PackedObjectInfo(id);
    info.setType(type);
    info.setOffset(end);
    info.setFullSize(size);
    info.setCRC((int) crc.getValue());
    order.add(info);
    byId.put(info, info);
    end += header + length;
    return true;
  }

  synchronized boolean has(AnyObjectId id) {
    return isOpen && byId.containsKey(id);
  }

  synchronized Optional<Long> size(AnyObjectId id) {
    PackedObjectInfo info = isOpen ? byId.get(id) : null;
    return info == null ? Optional.empty() : Optional.of(info.getFullSize());
  }

  /** An object's bytes; empty if it is not here, or stored meanwhile. */
  synchronized Optional<byte[]> read(AnyObjectId id) throws IOException {
    PackedObjectInfo info = isOpen ? byId.get(id) : null;
    if (info == null) {
      return Optional.empty();
    }
    byte[] in = new byte[MAX_INFLATED_AT_ONCE];
    byte[] out = new byte[(int) info.getFullSize()];
    file.seek(info.getOffset() + header(in, info.getType(), info.getFullSize()));
    var inflater = new Inflater();
    try {
      int at = 0;
      while (!inflater.finished()) {
        if (inflater.needsInput()) {
          inflater.setInput(in, 0, Math.max(0, file.read(in)));
        }
        int count = inflater.inflate(out, at, out.length - at);
        if (count == 0 && inflater.getRemaining() == 0 && file.getFilePointer() >= end) {
          break;
        }
        at += count;
      }
      if (at != out.length) {
        throw new CorruptObjectException(id.copy(), "it is not as it was written");
      }
      return Optional.of(out);
    } catch (DataFormatException e) {
      throw new CorruptObjectException(id.name() + " is not as it was written", e);
    } finally {
      inflater.end();
    }
  }

  /** How many objects are here. */
  synchronized int count() {
    return order.size();
  }

  /** How many bytes the file has. */
  synchronized long bytes() {
    return end;
  }

  /** Forgets what was appended after there were so many objects. */
  synchronized void cutTo(int count) throws IOException {
    while (order.size() > count) {
      PackedObjectInfo forgotten = order.removeLast();
      byId.remove(forgotten);
      end = forgotten.getOffset();
    }
    file.setLength(end);
  }

  /**
   * Makes a durable pack of it, of which only the name is not durable yet: see {@link
   * Durable#names}. What is here can be read from here until {@link #close}.
   *
   * @return the pack
   */
  synchronized Path seal() throws IOException {
    file.setLength(end);
    file.seek(0);
    file.write(
        ByteBuffer.allocate(HEADER)
            .put(Constants.PACK_SIGNATURE)
            .putInt(VERSION)
            .putInt(order.size())
            .array());
    byte[] hash = hash();
    file.seek(end);
    file.write(hash);
    file.getFD().sync();
    Path pack = packs.resolve("pack-" + HexFormat.of().formatHex(hash) + ".pack");
    Path index = path.resolveSibling(path.getFileName() + ".idx");
    try {
      writeIndex(index, hash);
      Durable.rename(path, pack);
      path = pack;
      Durable.rename(index, packs.resolve("pack-" + HexFormat.of().formatHex(hash) + ".idx"));
    } catch (IOException e) {
      Files.deleteIfExists(index);
      throw e;
    }
    return pack;
  }

  /** Ends reading from here, and deletes the file unless it is sealed. */
  @Override
  public synchronized void close() throws IOException {
    if (isOpen) {
      isOpen = false;
      file.close();
      if (path.getFileName().toString().startsWith(RepositoryFiles.TEMPORARY)) {
        Files.deleteIfExists(path);
      }
    }
  }

  private void writeIndex(Path index, byte[] hash) throws IOException {
    var sorted = new ArrayList<>(order);
    Collections.sort(sorted);
    try (var out = new FileOutputStream(index.toFile());
        OutputStream buffered = new FixedBuffer(out)) {
      BasePackIndexWriter.createVersion(buffered, VERSION).write(sorted, hash);
      buffered.flush();
      out.getFD().sync();
    }
  }

  /** Of all that a pack's last 20 bytes speak for. Its count is known last, so it is read again. */
  private byte[] hash() throws IOException {
    MessageDigest sha1 = Constants.newMessageDigest();
    byte[] buffer = new byte[MAX_INFLATED_AT_ONCE];
    file.seek(0);
    for (long at = 0; at < end; ) {
      int count = file.read(buffer, 0, (int) Math.min(buffer.length, end - at));
      if (count < 0) {
        throw new IOException(path + " was cut by somebody else");
      }
      sha1.update(buffer, 0, count);
      at += count;
    }
    return sha1.digest();
  }

  /** Writes type and size: four bits of the size in the first byte, seven in each that follows. */
  private static int header(byte[] into, int type, long size) {
    long rest = size >>> 4;
    into[0] = (byte) ((rest > 0 ? 0x80 : 0) | (type << 4) | (size & 0x0F));
    int length = 1;
    while (rest > 0) {
      into[length++] = (byte) ((rest > 0x7F ? 0x80 : 0) | (rest & 0x7F));
      rest >>>= 7;
    }
    return length;
  }

  /**
   * Java's own class begins small on a virtual thread and grows with each byte; a subclass doesn't.
   */
  private static final class FixedBuffer extends BufferedOutputStream {
    FixedBuffer(OutputStream out) {
      super(out, MAX_INFLATED_AT_ONCE);
    }
  }
}
