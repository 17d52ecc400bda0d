package dev.syncline.server.compress;

import com.github.luben.zstd.EndDirective;
import com.github.luben.zstd.ZstdCompressCtx;
import com.github.luben.zstd.ZstdException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;

/** The frame that a compressor makes of contents, made as it is read. For one thread. */
final class CompressingInput extends InputStream {

  private static final int BLOCK_BYTES = 128 << 10;

  private final ZstdCompressCtx context;
  private final InputStream contents;
  private final ByteBuffer from = ByteBuffer.allocateDirect(BLOCK_BYTES).limit(0);
  private final ByteBuffer made = ByteBuffer.allocateDirect(BLOCK_BYTES).limit(0);
  private final byte[] block = new byte[BLOCK_BYTES];
  private boolean isRead;
  private boolean isEnded;

  /**
   * @param context ends with it
   * @param contents stays open
   */
  CompressingInput(ZstdCompressCtx context, InputStream contents) {
    this.context = context;
    this.contents = contents;
  }

  @Override
  public int read() throws IOException {
    return fill() ? made.get() & 0xFF : -1;
  }

  @Override
  public int read(byte[] bytes, int start, int length) throws IOException {
    if (!fill()) {
      return -1;
    }
    int count = Math.min(length, made.remaining());
    made.get(bytes, start, count);
    return count;
  }

  @Override
  public void close() {
    context.close();
  }

  /** Whether there is a byte to give. */
  private boolean fill() throws IOException {
    while (!made.hasRemaining() && !isEnded) {
      if (!from.hasRemaining() && !isRead) {
        int got = contents.readNBytes(block, 0, block.length);
        from.clear().put(block, 0, got).flip();
        isRead = got < block.length;
      }
      EndDirective step = isRead ? EndDirective.END : EndDirective.CONTINUE;
      try {
        boolean isFlushed = context.compressDirectByteBufferStream(made.clear(), from, step);
        isEnded = isRead && isFlushed && !from.hasRemaining();
      } catch (ZstdException e) {
        throw new IOException("the contents can't be compressed: " + e.getMessage(), e);
      }
      made.flip();
    }
    return made.hasRemaining();
  }
}
