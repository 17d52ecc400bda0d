package dev.syncline.server.compress;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;
import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import com.github.luben.zstd.util.Native;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.OptionalLong;

/**
 * The content coding {@code zstd} (RFC 8878, with the window of at most 8 MiB that RFC 9659 asks
 * for). What comes in costs that much memory at most, however much it says it becomes.
 */
public final class ZstdCoding {

  /** Its name in HTTP. */
  public static final String NAME = "zstd";

  private static final int LEVEL = 3;
  private static final int MOST_WINDOW_LOG = 23;
  private static final int LONGEST_FRAME_HEADER = 18;

  private ZstdCoding() {}

  /** Whether this machine can run it, and {@link DeltaCoding}: both are native code. */
  public static boolean isThere() {
    return Library.IS_THERE;
  }

  /** Looked for once, and only when somebody asks. */
  private static final class Library {
    private static final boolean IS_THERE = load();

    private static boolean load() {
      try {
        Native.load();
        return true;
      } catch (LinkageError | RuntimeException e) {
        return false;
      }
    }
  }

  /**
   * Writes contents as one frame.
   *
   * @param size how many bytes {@code contents} gives, so that the frame says it; empty if nobody
   *     knows
   * @param out stays open
   * @throws IOException also if there are more or fewer
   */
  public static void write(OptionalLong size, InputStream contents, OutputStream out)
      throws IOException {
    try (InputStream frame = compressing(size, contents)) {
      frame.transferTo(out);
    }
  }

  /**
   * Contents as one frame, made as it is read; fails with an {@link IOException} also if there are
   * more or fewer of them than was said.
   *
   * @param size how many bytes {@code contents} gives, so that the frame says it; empty if nobody
   *     knows
   * @param contents stays open
   */
  public static InputStream compressing(OptionalLong size, InputStream contents) {
    var context = new ZstdCompressCtx();
    context.setLevel(LEVEL).setChecksum(true);
    size.ifPresent(context::setPledgedSrcSize);
    return new CompressingInput(context, contents);
  }

  /**
   * Gives back what was compressed; fails with an {@link IOException} at a byte that is not as it
   * should be, and at an end that comes too early.
   */
  public static InputStream decompressing(InputStream in) throws IOException {
    return new ZstdInputStreamNoFinalizer(in).setLongMax(MOST_WINDOW_LOG);
  }

  /**
   * How many bytes a frame says that it becomes; empty if it doesn't say. A claim of whoever sent
   * it.
   *
   * @param in stays where it is
   */
  public static OptionalLong size(BufferedInputStream in) throws IOException {
    in.mark(LONGEST_FRAME_HEADER);
    byte[] head = in.readNBytes(LONGEST_FRAME_HEADER);
    in.reset();
    long size = head.length == 0 ? -1 : Zstd.getFrameContentSize(head);
    return size < 0 || Zstd.isError(size) ? OptionalLong.empty() : OptionalLong.of(size);
  }
}
