package dev.syncline.server.compress;

import com.github.luben.zstd.EndDirective;
import com.github.luben.zstd.ZstdCompressCtx;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;

/** Brings a stream through a compressor, block by block. */
final class Feeding {

  private static final int BLOCK_BYTES = 128 << 10;

  private Feeding() {}

  static void through(ZstdCompressCtx context, InputStream contents, OutputStream out)
      throws IOException {
    var from = ByteBuffer.allocateDirect(BLOCK_BYTES);
    var to = ByteBuffer.allocateDirect(BLOCK_BYTES);
    byte[] block = new byte[BLOCK_BYTES];
    EndDirective step = EndDirective.CONTINUE;
    while (step != EndDirective.END) {
      int got = contents.readNBytes(block, 0, block.length);
      step = got < block.length ? EndDirective.END : EndDirective.CONTINUE;
      from.clear().put(block, 0, got).flip();
      boolean isFlushed = false;
      while (from.hasRemaining() || (step == EndDirective.END && !isFlushed)) {
        isFlushed = context.compressDirectByteBufferStream(to.clear(), from, step);
        int made = to.flip().remaining();
        to.get(block, 0, made);
        out.write(block, 0, made);
      }
    }
  }
}
