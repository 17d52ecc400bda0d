package dev.syncline.server.compress;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.OptionalLong;

/** Contents in and out of the codings, for tests. */
public final class Codings {

  private Codings() {}

  public static byte[] delta(byte[] old, byte[] now) throws IOException {
    return delta(Effort.THOROUGH, old, now);
  }

  public static byte[] delta(Effort effort, byte[] old, byte[] now) throws IOException {
    var out = new ByteArrayOutputStream();
    DeltaCoding.write(
        effort, VersionHash.of(old), old, now.length, new ByteArrayInputStream(now), out);
    return out.toByteArray();
  }

  public static byte[] read(byte[] delta, byte[] old) throws IOException {
    var raw = new ByteArrayInputStream(delta);
    DeltaCoding.open(raw, VersionHash.of(old));
    try (InputStream in = DeltaCoding.read(raw, old)) {
      return in.readAllBytes();
    }
  }

  public static byte[] packed(byte[] contents) throws IOException {
    var out = new ByteArrayOutputStream();
    ZstdCoding.write(OptionalLong.of(contents.length), new ByteArrayInputStream(contents), out);
    return out.toByteArray();
  }

  public static byte[] unpacked(byte[] frame) throws IOException {
    try (InputStream in = ZstdCoding.decompressing(new ByteArrayInputStream(frame))) {
      return in.readAllBytes();
    }
  }
}
