package dev.syncline.server.document.automerge;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.syncline.core.model.SyncException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import org.jspecify.annotations.NullMarked;

/**
 * Whatever the bytes, they are read or refused. {@code JAZZER_FUZZ=1} draws new ones, one test at a
 * time; without it the seeds among the test resources are tried.
 */
@NullMarked
final class HostileInputTest {

  private static final int LIMIT = 1 << 20;

  @FuzzTest(maxDuration = "5m")
  void aFrameIsReadOrRefused(byte[] bytes) {
    try {
      FrameReader.read(bytes, LIMIT);
    } catch (SyncException.Invalid refused) {
      // As it should be.
    }
  }

  @FuzzTest(maxDuration = "5m")
  void aChangeIsReadOrRefused(byte[] bytes) {
    try {
      Change.parse(bytes, LIMIT);
    } catch (SyncException.Invalid refused) {
      // As it should be.
    }
  }

  @FuzzTest(maxDuration = "5m")
  void aFileIsReadOrRefused(byte[] bytes) throws IOException {
    var file = new AutomergeFile(new ByteArrayInputStream(bytes), LIMIT);
    try {
      while (!file.next(LIMIT).isEmpty()) {
        // Reads on.
      }
    } catch (SyncException.Invalid refused) {
      // As it should be.
    }
  }
}
