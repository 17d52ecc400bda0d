package dev.syncline.server.document.store.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.syncline.core.model.DocumentId;
import dev.syncline.core.model.SyncException;
import dev.syncline.core.port.ChunkStore;
import dev.syncline.server.document.QuietLog;
import dev.syncline.testkit.ToldAppend;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * What is thrown that nobody expects, such as the lack of memory for a thread, is told as a failure
 * of the disk is: nothing hangs, and nothing counts as durable that isn't.
 */
@ExtendWith(QuietLog.class)
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class MistakeTest {

  private static final DocumentId A = new DocumentId(1, 1);
  private static final DocumentId B = new DocumentId(2, 2);
  private static final long FOR_EVER = Long.MAX_VALUE / 2;

  @Test
  void listenerThatThrowsDeafensNobodyElse() {
    try (ChunkStore store = new CrashHistory(1).open()) {
      store.append(A, List.of(new byte[1]), new Throwing());
      assertTrue(ToldAppend.to(store, B, new byte[1]).isDurable());
      store.delete(A);
      assertEquals(List.of(B), store.list(Optional.empty(), 10));
    }
  }

  @Test
  void errorWhereverItStrikesIsToldAndGetsOver() {
    for (int call = 0; call < 60; call++) {
      var history = new CrashHistory(call);
      int durable = 0;
      try (ChunkStore store = history.open()) {
        history.disk.fail(call, 3, new OutOfMemoryError("unable to create native thread"));
        for (int i = 0; i < 40; i++) {
          durable += ToldAppend.to(store, A, new byte[50]).isDurable() ? 1 : 0;
        }
        history.disk.mend();
        while (store.status().problem().isPresent()) {
          Thread.onSpinWait();
        }
        assertTrue(ToldAppend.to(store, A, new byte[50]).isDurable());
      }
      history.disk.restart();
      try (ChunkStore store = history.open()) {
        assertEquals(durable + 1, count(store, A), "call " + call);
        assertEquals(0, store.status().damaged());
      }
      assertEquals(0, history.disk.openFiles());
    }
  }

  @Test
  void errorAsLongAsItLastsNeitherBlocksNorKeepsTheStoreOpen() {
    var history = new CrashHistory(1);
    try (ChunkStore store = history.open()) {
      history.disk.fail(0, FOR_EVER, new OutOfMemoryError("unable to create native thread"));
      assertFalse(ToldAppend.to(store, A, new byte[50]).isDurable());
      assertThrows(SyncException.Unavailable.class, () -> store.delete(A));
      String problem = store.status().problem().orElse("");
      assertTrue(problem.contains("let it have more threads"), problem);
    }
  }

  /** So many documents that their files are forced by several threads. */
  @Test
  void logIsKeptUntilEveryFileWasForced() {
    for (int call = 0; call < 80; call++) {
      var history = new CrashHistory(call);
      var documents = new ArrayList<DocumentId>();
      try (ChunkStore store = history.open()) {
        history.disk.fail(call, 1, new OutOfMemoryError("Java heap space"));
        for (int i = 0; i < 12; i++) {
          var document = new DocumentId((long) i << 56, i);
          if (ToldAppend.to(store, document, new byte[30]).isDurable()) {
            documents.add(document);
          }
        }
      }
      history.disk.restart();
      try (ChunkStore store = history.open()) {
        for (DocumentId document : documents) {
          assertEquals(1, count(store, document), "call " + call);
        }
      }
    }
  }

  private static int count(ChunkStore store, DocumentId document) {
    var chunks = new ArrayList<byte[]>();
    store.scan(document, (position, chunk) -> chunks.add(chunk));
    return chunks.size();
  }

  private record Throwing() implements ChunkStore.Append {
    @Override
    public void durable(long[] positions) {
      throw new AssertionError("a mistake");
    }

    @Override
    public void failed(SyncException cause) {
      throw new AssertionError("a mistake", cause);
    }
  }
}
