package dev.syncline.server.ledger;

import dev.syncline.core.model.SyncException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;

/**
 * Makes steps of many callers durable together: whoever comes while a batch is on its way to the
 * disk is in the next one. A batch is one pack and one move of refs, however many steps it has.
 *
 * <p>Thread-safe. Batches run on a thread of their own, one after the other, so that the interrupt
 * of a caller disturbs nobody.
 */
final class Committer {

  /** A batch takes no more steps once its trees and commits have so many bytes. */
  private static final long FULL_BYTES = 32L << 20;

  private final Stored stored;
  private final PendingContents contents;
  private final SyncedPacks fetched;
  private final RefStore refs;
  private final LedgerSettings settings;
  private final String branch;
  private final Runnable afterBatch;

  private volatile LedgerState state;

  /** Guarded by this, like all below. */
  private List<Waiting> waiting = new ArrayList<>();

  private boolean isRunning;
  private boolean isClosed;

  /** One step of a draft. */
  interface Step {
    /** Puts it into the draft; false if something that it speaks of has moved. */
    boolean into(Recorder recorder) throws IOException;
  }

  /**
   * A version that holds a step.
   *
   * @param commit empty if nothing was ever recorded
   * @param tree its files
   */
  record Point(Optional<ObjectId> commit, ObjectId tree) {}

  /** What one caller waits for; the answer is empty if it has moved. */
  private record Waiting(Step step, CompletableFuture<Optional<Point>> answer) {}

  Committer(
      Stored stored,
      PendingContents contents,
      RefStore refs,
      LedgerSettings settings,
      LedgerState state,
      Runnable afterBatch) {
    this.stored = stored;
    this.contents = contents;
    this.fetched = new SyncedPacks(stored);
    this.refs = refs;
    this.settings = settings;
    this.branch = settings.ref();
    this.state = state;
    this.afterBatch = afterBatch;
  }

  /** The ledger as it is durable. */
  LedgerState state() {
    return state;
  }

  /** Makes a step durable; empty if it has moved. */
  Optional<Point> make(Step step) {
    var answer = new CompletableFuture<Optional<Point>>();
    synchronized (this) {
      if (isClosed) {
        throw new IllegalStateException("the ledger " + stored.path() + " is closed");
      }
      waiting.add(new Waiting(step, answer));
      if (!isRunning) {
        isRunning = true;
        Thread.ofVirtual().name("ledger").start(this::run);
      }
    }
    try {
      return answer.join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : e;
    }
  }

  /** Ends once all that waits is done. */
  synchronized void close() {
    isClosed = true;
    boolean interrupted = false;
    while (isRunning) {
      try {
        wait();
      } catch (InterruptedException _) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    for (List<Waiting> batch = take(); !batch.isEmpty(); batch = take()) {
      try {
        make(batch);
      } catch (Throwable e) {
        // A bug or too little memory: whoever waits must hear of it, and the next batch may work.
        batch.forEach(waiting -> waiting.answer().completeExceptionally(asFailure(e)));
      }
    }
  }

  private synchronized List<Waiting> take() {
    List<Waiting> batch = waiting;
    waiting = new ArrayList<>();
    if (batch.isEmpty()) {
      isRunning = false;
      notifyAll();
    }
    return batch;
  }

  private void make(List<Waiting> batch) {
    int from = 0;
    while (from < batch.size()) {
      from += makeSome(batch.subList(from, batch.size()));
    }
  }

  /** One batch; answers how many steps were in it. */
  private int makeSome(List<Waiting> steps) {
    var in = new ArrayList<Map.Entry<Waiting, Point>>();
    int count = 0;
    try (ObjectReader reader = stored.reader()) {
      var draft = new Draft(state, branch, reader);
      var recorder = new Recorder(draft, contents, fetched, settings);
      while (count < steps.size() && draft.objects().size() < FULL_BYTES) {
        Waiting waiting = steps.get(count++);
        if (isIn(waiting, recorder, draft)) {
          in.add(Map.entry(waiting, new Point(draft.head(), draft.tree())));
        }
      }
      store(draft, in);
    }
    return count;
  }

  private boolean isIn(Waiting waiting, Recorder recorder, Draft draft) {
    Draft.Mark mark = draft.mark();
    try {
      if (waiting.step().into(recorder)) {
        return true;
      }
      waiting.answer().complete(Optional.empty());
    } catch (IOException e) {
      waiting
          .answer()
          .completeExceptionally(GitFailure.reading(stored.path(), "what a recording changes", e));
    } catch (RuntimeException e) {
      waiting.answer().completeExceptionally(e);
    }
    draft.undo(mark);
    return false;
  }

  private void store(Draft draft, List<Map.Entry<Waiting, Point>> in) {
    try {
      Map<String, Optional<ObjectId>> moves = draft.moves();
      if (!moves.isEmpty()) {
        contents.store(draft.objects());
        state = moved(draft, moves);
      }
      in.forEach(step -> step.getKey().answer().complete(Optional.of(step.getValue())));
      if (!moves.isEmpty()) {
        afterBatch.run();
      }
    } catch (IOException e) {
      SyncException failure = GitFailure.writing(stored.path(), e);
      in.forEach(step -> step.getKey().answer().completeExceptionally(failure));
    } catch (RuntimeException e) {
      in.forEach(step -> step.getKey().answer().completeExceptionally(e));
    }
  }

  private LedgerState moved(Draft draft, Map<String, Optional<ObjectId>> moves) throws IOException {
    boolean isMoved = false;
    try {
      PackedRefs now = refs.move(moves);
      isMoved = true;
      return new LedgerState(now, draft.head(), draft.tree());
    } finally {
      if (!isMoved && refs.current().get(branch).equals(draft.head())) {
        // The name is there, only nobody knows whether it would survive: go on from what is seen.
        state = new LedgerState(refs.current(), draft.head(), draft.tree());
      }
    }
  }

  private static RuntimeException asFailure(Throwable e) {
    return e instanceof RuntimeException failure
        ? failure
        : new IllegalStateException("a batch of recordings failed", e);
  }
}
