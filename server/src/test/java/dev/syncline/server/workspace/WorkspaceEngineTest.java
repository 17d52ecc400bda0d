package dev.syncline.server.workspace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.syncline.core.flow.Health;
import dev.syncline.core.flow.Link;
import dev.syncline.core.flow.LinkRunner;
import dev.syncline.core.merge.NamedPolicy;
import dev.syncline.core.model.FilePath;
import dev.syncline.core.model.LinkName;
import dev.syncline.core.model.PathMapping;
import dev.syncline.core.model.RunId;
import dev.syncline.core.model.Snapshot;
import dev.syncline.core.model.SyncException;
import dev.syncline.core.model.WorkspaceName;
import dev.syncline.core.plan.Direction;
import dev.syncline.core.plan.Planner;
import dev.syncline.core.plan.Run;
import dev.syncline.core.plan.Safeguard;
import dev.syncline.core.port.Applied;
import dev.syncline.core.port.Contents;
import dev.syncline.core.port.Delivery;
import dev.syncline.core.port.Endpoint;
import dev.syncline.core.port.Hints;
import dev.syncline.core.port.Journal;
import dev.syncline.core.port.Observed;
import dev.syncline.server.ledger.GitLedger;
import dev.syncline.server.ledger.LedgerSettings;
import dev.syncline.testkit.workspace.MemoryJournal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An engine on a real ledger; its endpoints are doors that the test opens. */
final class WorkspaceEngineTest {

  private static final LinkName FIRST = new LinkName("first");
  private static final LinkName SECOND = new LinkName("second");
  private static final int SECONDS = 30;

  @TempDir Path folder;
  private final Gate first = new Gate();
  private final Gate second = new Gate();
  private final FullJournal journal = new FullJournal();
  private WorkspaceEngine engine;
  private boolean isClosed;

  /** A journal on a disk that may be full. */
  private static final class FullJournal implements Journal {
    private final MemoryJournal journal = new MemoryJournal();
    private volatile boolean isFull;

    @Override
    public void add(Run run) {
      if (isFull) {
        throw new SyncException.Unavailable("the disk is full");
      }
      journal.add(run);
    }

    @Override
    public boolean isApproved(String fingerprint) {
      return journal.isApproved(fingerprint);
    }

    @Override
    public void approve(LinkName link, String fingerprint) {
      journal.approve(link, fingerprint);
    }

    @Override
    public Optional<Run> find(RunId run) {
      return journal.find(run);
    }

    @Override
    public List<Run> newest(int limit) {
      return journal.newest(limit);
    }
  }

  /** An empty place that notes each look and holds it up until it is let go. */
  private static final class Gate implements Endpoint {
    final BlockingQueue<Hints> looks = new LinkedBlockingQueue<>();
    final Semaphore open = new Semaphore(0);
    volatile Runnable failure = () -> {};

    /** Whether it goes on as if nothing had been when it is interrupted. */
    volatile boolean isDeaf;

    @Override
    public Observed observe(Snapshot base, Hints hints, Contents contents) {
      looks.add(hints);
      try {
        open.acquire();
      } catch (InterruptedException e) {
        if (!isDeaf) {
          Thread.currentThread().interrupt();
          throw new SyncException.Unavailable("interrupted", e);
        }
      }
      failure.run();
      return new Observed(
          List.of(), Map.of(), Optional.empty(), Optional.empty(), Observed.Rest.NOTHING);
    }

    @Override
    public Applied apply(Delivery delivery, Contents contents) {
      throw new AssertionError("there is nothing to write");
    }

    @Override
    public void close() {}

    Hints look() throws InterruptedException {
      Hints hints = looks.poll(SECONDS, TimeUnit.SECONDS);
      assertTrue(hints != null, "nobody looked");
      return hints;
    }
  }

  @BeforeEach
  void start() {
    var ledger =
        GitLedger.open(folder.resolve("ledger.git"), LedgerSettings.with(InstantSource.system()));
    var runner = new LinkRunner(ledger, journal, InstantSource.system());
    RandomGenerator random = RandomGenerator.getDefault();
    engine =
        new WorkspaceEngine(
            new WorkspaceName("notes"),
            runner,
            List.of(plan(FIRST, first), plan(SECOND, second)),
            new RunIds(InstantSource.system(), random),
            random);
  }

  @AfterEach
  void stop() {
    if (!isClosed) {
      engine.close();
    }
  }

  @Test
  void signalsThatComeWhileARunIsUnderWayCauseOneMore() throws InterruptedException {
    settle();
    engine.signal(FIRST, at("a"));
    assertEquals(at("a"), first.look());
    for (int i = 0; i < 1000; i++) {
      engine.signal(FIRST, at("b" + i % 2));
    }
    first.open.release();
    assertEquals(new Hints.At(Set.of(new FilePath("b0"), new FilePath("b1"))), first.look());
    first.open.release();
    settled();
    assertTrue(first.looks.isEmpty());
  }

  @Test
  void oneRunAtATime() throws InterruptedException {
    engine.start();
    first.look();
    assertTrue(second.looks.isEmpty(), "two links of a workspace ran at once");
    first.open.release();
    second.look();
    second.open.release();
  }

  @Test
  void noRunBeginsDuringAPreview() throws InterruptedException {
    settle();
    Thread person = Thread.ofVirtual().start(() -> engine.preview(FIRST));
    assertEquals(new Hints.Everywhere(), first.look());
    engine.signal(FIRST, at("a"));
    engine.signal(SECOND, at("b"));
    assertTrue(first.looks.isEmpty() && second.looks.isEmpty(), "a run began");
    first.open.release();
    person.join();
    assertEquals(at("a"), first.look());
    first.open.release();
    assertEquals(at("b"), second.look());
    second.open.release();
    settled();
  }

  @Test
  void aBugInAnEndpointIsReportedAndStopsNoOtherLink() throws InterruptedException {
    first.failure =
        () -> {
          throw new IllegalStateException("bug");
        };
    settle();
    assertEquals(Health.Condition.UNREACHABLE, health(FIRST).condition());
    assertTrue(health(FIRST).reason().contains("bug of its own"));
    assertEquals(Health.Condition.IDLE, health(SECOND).condition());
  }

  @Test
  void aRunThatNeedsMoreMemoryThanThereIsSaysSoAndIsTriedAgain() throws InterruptedException {
    first.failure =
        () -> {
          throw new IllegalStateException(new OutOfMemoryError("Java heap space"));
        };
    settle();
    assertEquals(Health.Condition.UNREACHABLE, health(FIRST).condition());
    assertTrue(health(FIRST).reason().contains("needs more memory"));
    first.failure = () -> {};
    first.open.release();
    engine.sync(Optional.of(FIRST));
    assertEquals(Health.Condition.IDLE, health(FIRST).condition());
  }

  @Test
  void aJournalThatCannotBeWrittenIsNoBug() throws InterruptedException {
    journal.isFull = true;
    settle();
    assertEquals(Health.Condition.UNREACHABLE, health(FIRST).condition());
    assertEquals("a run is not in the journal: the disk is full", health(FIRST).reason());
  }

  @Test
  void closingEndsARunThatIsUnderWay() throws InterruptedException {
    engine.start();
    first.look();
    engine.close();
    isClosed = true;
    assertTrue(second.looks.isEmpty());
  }

  @Test
  void itClosesThoughAnEndpointDidNotHearAndAnotherLinkIsDue() throws Exception {
    first.isDeaf = true;
    engine.start();
    first.look();
    isClosed = true;
    CompletableFuture.runAsync(engine::close).get(SECONDS, TimeUnit.SECONDS);
    assertTrue(second.looks.isEmpty());
  }

  @Test
  void aLinkThatIsNotThereIsSaidSo() {
    assertThrows(SyncException.Invalid.class, () -> engine.signal(new LinkName("third"), at("a")));
  }

  private Health health(LinkName link) {
    return Objects.requireNonNull(engine.health().get(link));
  }

  /** Runs both links once. */
  private void settle() throws InterruptedException {
    first.open.release();
    second.open.release();
    engine.sync(Optional.empty());
    first.looks.clear();
    second.looks.clear();
  }

  /** Waits until nothing more is to do, without asking for a run. */
  private void settled() throws InterruptedException {
    second.open.release();
    engine.sync(Optional.of(SECOND));
  }

  private static Hints at(String path) {
    return new Hints.At(Set.of(new FilePath(path)));
  }

  private static LinkPlan plan(LinkName name, Endpoint endpoint) {
    var planner =
        new Planner(
            Direction.BOTH, NamedPolicy.rules(Map.of()), new Safeguard(25, 0.1), name.value());
    return new LinkPlan(
        new Link(name, PathMapping.WHOLE, planner, endpoint), Watch.NONE, Duration.ofDays(1));
  }
}
