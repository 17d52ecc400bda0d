package dev.syncline.server.endpoint.folder;

import dev.syncline.core.model.ContentId;
import dev.syncline.core.model.FileVersion;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * The file that says what was about to happen when the process ended. A torn one was never acted
 * on, since it is durable before anything is.
 */
final class Intents {

  private static final int CHECKSUM = Long.BYTES;

  private Intents() {}

  static void write(Path file, List<Intent> intents) throws IOException {
    var bytes = new ByteArrayOutputStream();
    var out = new DataOutputStream(bytes);
    out.writeInt(intents.size());
    for (Intent intent : intents) {
      out.writeInt(intent.number());
      byte[] where = RawName.bytes(intent.where());
      out.writeInt(where.length);
      out.write(where);
      writeVersion(out, intent.before());
      writeVersion(out, intent.after());
    }
    out.writeLong(checksum(bytes.toByteArray(), bytes.size()));
    Files.deleteIfExists(file);
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      ByteBuffer all = ByteBuffer.wrap(bytes.toByteArray());
      while (all.hasRemaining()) {
        channel.write(all);
      }
      channel.force(true);
    }
  }

  /** What was written; nothing if there is nothing, or it is torn. */
  static List<Intent> read(Path file) throws IOException {
    byte[] all;
    try {
      all = Files.readAllBytes(file);
    } catch (NoSuchFileException _) {
      return List.of();
    }
    if (all.length < CHECKSUM
        || ByteBuffer.wrap(all).getLong(all.length - CHECKSUM)
            != checksum(all, all.length - CHECKSUM)) {
      return List.of();
    }
    var in = new DataInputStream(new ByteArrayInputStream(all));
    int count = in.readInt();
    var intents = new ArrayList<Intent>();
    for (int i = 0; i < count; i++) {
      int number = in.readInt();
      byte[] where = new byte[in.readInt()];
      in.readFully(where);
      intents.add(new Intent(number, RawName.text(where), readVersion(in), readVersion(in)));
    }
    return intents;
  }

  private static void writeVersion(DataOutputStream out, Optional<FileVersion> version)
      throws IOException {
    out.writeByte(version.map(it -> ModeNumber.of(it.mode())).orElse(-1));
    if (version.isPresent()) {
      out.write(version.get().content().bytes());
    }
  }

  private static Optional<FileVersion> readVersion(DataInputStream in) throws IOException {
    int mode = in.readByte();
    if (mode < 0) {
      return Optional.empty();
    }
    byte[] id = new byte[ContentId.BYTES];
    in.readFully(id);
    return Optional.of(new FileVersion(ContentId.of(id), ModeNumber.mode(mode)));
  }

  private static long checksum(byte[] bytes, int length) {
    var sum = new CRC32C();
    sum.update(bytes, 0, length);
    return ~sum.getValue();
  }
}
