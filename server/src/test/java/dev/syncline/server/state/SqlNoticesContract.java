package dev.syncline.server.state;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.syncline.core.model.LinkName;
import dev.syncline.core.model.SyncException;
import dev.syncline.core.model.WorkspaceName;
import dev.syncline.core.port.Notices;
import dev.syncline.core.port.Notices.Notice;
import dev.syncline.testkit.NoticesContract;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What notices do in a real database, also when it is broken or being closed. */
abstract class SqlNoticesContract extends NoticesContract {

  private static final LinkName LINK = new LinkName("relay");
  private static final Notice ONE = new Notice("one", "ada", 1);

  private final Databases databases = new Databases();
  private final List<SqlNotices> opened = new ArrayList<>();

  abstract DatabaseAddress address();

  private SqlNotices sql() {
    var notices = new SqlNotices(databases.open(address()));
    opened.add(notices);
    return notices;
  }

  @Override
  protected Notices open() {
    return sql().of(new WorkspaceName("notes"), LINK);
  }

  @Override
  protected Notices openOther() {
    return sql().of(new WorkspaceName("papers"), LINK);
  }

  @AfterEach
  void close() {
    opened.forEach(SqlNotices::close);
    databases.close();
  }

  @Test
  void linksOfAWorkspaceDoNotSeeEachOther() {
    SqlNotices notices = sql();
    notices.of(new WorkspaceName("notes"), LINK).keep(ONE);
    assertEquals(List.of(), notices.of(new WorkspaceName("notes"), new LinkName("other")).all());
  }

  @Test
  void aBrokenDatabaseIsSaidAndUsedAgainOnceItIsMended() {
    Database database = databases.open(address());
    Notices notices = open();
    execute(database, "ALTER TABLE notice RENAME TO gone");
    assertThrows(SyncException.Unavailable.class, () -> notices.keep(ONE));
    execute(database, "ALTER TABLE gone RENAME TO notice");
    notices.keep(ONE);
    assertEquals(List.of(ONE), open().all());
  }

  @Test
  void closingKeepsOrRefusesWhateverCameAndNothingWaits()
      throws InterruptedException, ExecutionException {
    SqlNotices sql = sql();
    Notices notices = sql.of(new WorkspaceName("notes"), LINK);
    var begun = new CountDownLatch(20);
    var kept = new ArrayList<Long>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Long>> all =
          IntStream.rangeClosed(1, 200)
              .mapToObj(i ->
                  threads.submit(() -> {
                    try {
                      notices.keep(new Notice("topic " + i, "", i));
                      return (long) i;
                    } catch (SyncException.Unavailable e) {
                      return 0L;
                    } finally {
                      begun.countDown();
                    }
                  }))
              .toList();
      begun.await();
      sql.close();
      assertThrows(SyncException.Unavailable.class, () -> notices.keep(ONE));
      for (Future<Long> one : all) {
        kept.add(one.get());
      }
    }
    List<Long> there = open().all().stream().map(Notice::number).toList();
    // One that was refused may have been written all the same: then it is looked at once more.
    kept.removeAll(there);
    kept.removeIf(number -> number == 0);
    assertEquals(List.of(), kept);
  }

  private static void execute(Database database, String statement) {
    database.write(connection -> {
      try (var prepared = connection.prepareStatement(statement)) {
        return prepared.executeUpdate();
      }
    });
  }
}
