package dev.syncline.server.state;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.syncline.core.merge.Side;
import dev.syncline.core.model.CommitId;
import dev.syncline.core.model.FilePath;
import dev.syncline.core.model.LinkName;
import dev.syncline.core.model.RunId;
import dev.syncline.core.model.WorkspaceName;
import dev.syncline.core.plan.Outcome;
import dev.syncline.core.plan.Overruled;
import dev.syncline.core.plan.Run;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The journal in a real SQLite file. */
final class SqlJournalTest {

  private static final Instant NOW = Instant.parse("2026-11-21T08:00:00Z");
  private static final LinkName LINK = new LinkName("laptop");

  @TempDir Path directory;
  private final Databases databases = new Databases();
  private Database database;
  private SqlJournal journal;

  @BeforeEach
  void open() {
    database = databases.open(new DatabaseAddress.SqliteFile(directory));
    journal = journal("notes");
  }

  @AfterEach
  void close() {
    databases.close();
  }

  @Test
  void everyWayARunCanEndComesBackAsItWas() {
    var outcomes =
        List.of(
            new Outcome.Equal(),
            new Outcome.Again("it moved"),
            new Outcome.Held("too many", "print"),
            new Outcome.Unavailable("down", Optional.empty()),
            new Outcome.Denied("no"),
            new Outcome.Invalid("how?"),
            new Outcome.Halted("damaged"));
    var added = new ArrayList<Run>();
    for (Outcome outcome : outcomes) {
      added.add(run(added.size(), outcome, work()));
      journal.add(added.getLast());
    }
    assertEquals(added.reversed(), journal.newest(100));
    assertEquals(Optional.of(added.get(2)), journal.find(added.get(2).id()));
    assertEquals(added.reversed().subList(0, 3), journal.newest(3));
  }

  @Test
  void aRunThatDidNothingIsNotWritten() {
    journal.add(run(1, new Outcome.Equal(), Run.Work.NONE));
    assertEquals(List.of(), journal.newest(10));
  }

  @Test
  void anApprovalIsOneWorkspacesOnly() {
    journal.approve(LINK, "print");
    journal.approve(LINK, "print");
    journal.approve(new LinkName("origin"), "print");
    assertTrue(journal.isApproved("print"));
    assertFalse(journal.isApproved("another"));
    assertFalse(journal("papers").isApproved("print"));
  }

  @Test
  void workspacesDoNotSeeEachOther() {
    journal.add(run(1, new Outcome.Denied("no"), Run.Work.NONE));
    assertEquals(List.of(), journal("papers").newest(10));
    assertEquals(
        Optional.empty(),
        journal("papers").find(run(1, new Outcome.Denied("no"), Run.Work.NONE).id()));
  }

  private SqlJournal journal(String workspace) {
    return new SqlJournal(database, new WorkspaceName(workspace), InstantSource.fixed(NOW));
  }

  private static Run.Work work() {
    return new Run.Work(
        3,
        4,
        Optional.of(new CommitId("ab".repeat(20))),
        1,
        List.of(new Overruled(new FilePath("ä b.md"), Side.THEIRS, Optional.empty())),
        Map.of(new FilePath("c"), "can't be read"),
        new Run.Reply(2, List.of("proposed elsewhere, 100 %")));
  }

  private static Run run(int number, Outcome outcome, Run.Work work) {
    return new Run(
        new RunId("20261121-08000" + number + "-abcde"),
        LINK,
        NOW.plusSeconds(number),
        Duration.ofMillis(7),
        outcome,
        work);
  }
}
