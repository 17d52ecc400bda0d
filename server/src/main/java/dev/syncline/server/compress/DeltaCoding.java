package dev.syncline.server.compress;

import com.github.luben.zstd.ZstdCompressCtx;
import com.github.luben.zstd.ZstdException;
import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * The content coding {@code dcz} (RFC 9842): Zstandard against another version of the contents, so
 * that little more than the difference travels.
 */
public final class DeltaCoding {

  /** Its name in HTTP. */
  public static final String NAME = "dcz";

  /** Neither version may be longer, in bytes. */
  public static final int MOST_BYTES = 32 << 20;

  /** Below it a delta is not worth the trouble. */
  public static final int FEWEST_BYTES = 1 << 10;

  private static final byte[] MAGIC = HexFormat.of().parseHex("5e2a4d1820000000");
  private static final int HASH_BYTES = 32;

  /** How a dictionary begins that Zstandard would take for one of its own form. */
  private static final byte[] STRUCTURED = HexFormat.of().parseHex("37a430ec");

  /** Every reader of dcz takes as large a window. */
  private static final int ALWAYS_ALLOWED = 8 << 20;

  private DeltaCoding() {}

  /** Whether contents of one length can travel as a delta against contents of another. */
  public static boolean fits(long dictionary, long contents) {
    return dictionary >= FEWEST_BYTES
        && dictionary <= MOST_BYTES
        && contents >= FEWEST_BYTES
        && contents <= Math.min(MOST_BYTES, Math.max(ALWAYS_ALLOWED, dictionary + dictionary / 4));
  }

  /** Whether these bytes can be a dictionary. */
  public static boolean isDictionary(byte[] bytes) {
    return bytes.length >= STRUCTURED.length
        && !Arrays.equals(bytes, 0, STRUCTURED.length, STRUCTURED, 0, STRUCTURED.length);
  }

  /**
   * Writes contents as a delta. The window is the contents, so that all of the dictionary can be
   * spoken of until the end.
   *
   * @param size how many bytes {@code contents} gives
   * @param out stays open
   * @throws IOException also if there are more or fewer
   */
  public static void write(
      Effort effort,
      VersionHash hash,
      byte[] dictionary,
      long size,
      InputStream contents,
      OutputStream out)
      throws IOException {
    out.write(MAGIC);
    out.write(hash.bytes());
    try (var context = new ZstdCompressCtx()) {
      effort.set(context, log(dictionary.length));
      context.setWindowLog(Math.max(log(size), 10)).setContentSize(true).setChecksum(true);
      context.setPledgedSrcSize(size);
      context.loadDict(dictionary);
      new CompressingInput(context, contents).transferTo(out);
    } catch (ZstdException e) {
      throw new IOException("the delta can't be made: " + e.getMessage(), e);
    }
  }

  /**
   * Reads how a delta begins; a frame follows.
   *
   * @throws WrongVersionException if it was made against another version
   */
  public static void open(InputStream in, VersionHash hash) throws IOException {
    if (!Arrays.equals(in.readNBytes(MAGIC.length), MAGIC)) {
      throw new IOException("this is no delta: it doesn't begin as RFC 9842 says");
    }
    if (!Arrays.equals(in.readNBytes(HASH_BYTES), hash.bytes())) {
      throw new WrongVersionException();
    }
  }

  /**
   * Gives back contents from the frame; fails with an {@link IOException} at a byte that is not as
   * it should be.
   */
  public static InputStream read(InputStream in, byte[] dictionary) throws IOException {
    return new ZstdInputStreamNoFinalizer(in).setLongMax(log(MOST_BYTES)).setDict(dictionary);
  }

  /** The power of two that is no smaller. */
  static int log(long size) {
    return Long.SIZE - Long.numberOfLeadingZeros(Math.max(size - 1, 1));
  }
}
