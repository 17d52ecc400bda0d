package dev.syncline.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.syncline.core.port.Notices;
import dev.syncline.core.port.Notices.Notice;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** What every {@link Notices} must do, on whatever database. */
public abstract class NoticesContract {

  private static final Notice ONE = new Notice("one", "ada", 1);

  /** The same notices at each call during one test, as after a restart of the server. */
  protected abstract Notices open();

  /** The notices of somebody else, in the same place. */
  protected abstract Notices openOther();

  @Test
  void whatIsKeptOutlivesTheProcess() {
    assertEquals(List.of(), open().all());
    var other = new Notice("Zoë 🦊 ' OR 1=1 --", "", Long.MAX_VALUE);
    Notices notices = open();
    notices.keep(ONE);
    notices.keep(other);
    assertEquals(List.of(ONE, other), open().all());
  }

  @Test
  void theLaterOneTakesThePlace() {
    Notices notices = open();
    notices.keep(numbered(2));
    notices.keep(numbered(3));
    assertEquals(List.of(numbered(3)), notices.all());
    notices.keep(ONE);
    assertEquals(List.of(numbered(3)), open().all(), "an older one is late, and says nothing new");
  }

  @Test
  void eachPersonAndTopicIsKeptByItself() {
    Notices notices = open();
    Set<Notice> all =
        Set.of(
            ONE,
            new Notice("one", "bob", 2),
            new Notice("two", "ada", 3),
            new Notice("o", "ne", 4));
    all.forEach(notices::keep);
    assertEquals(all, Set.copyOf(notices.all()));
    notices.forget(List.of(ONE));
    assertEquals(3, settled(notices).size());
  }

  @Test
  void oneThatAnotherTookThePlaceOfIsNotForgotten() {
    Notices notices = open();
    notices.keep(ONE);
    notices.keep(numbered(2));
    notices.forget(List.of(ONE));
    assertEquals(List.of(numbered(2)), settled(notices));
    notices.forget(List.of(numbered(2)));
    notices.forget(List.of(numbered(2), new Notice("nothing", "", 7)));
    assertEquals(List.of(), settled(notices));
  }

  @Test
  void nobodySeesWhatIsSomebodyElses() {
    open().keep(ONE);
    openOther().keep(numbered(2));
    Notices notices = open();
    notices.forget(List.of(numbered(9)));
    assertEquals(List.of(), settled(notices));
    assertEquals(List.of(numbered(2)), openOther().all());
  }

  @Test
  void manyCanKeepAtOnce() throws InterruptedException, ExecutionException {
    Notices notices = open();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Boolean>> all =
          IntStream.range(0, 500)
              .mapToObj(i ->
                  threads.submit(() -> {
                    var notice = new Notice("topic " + i % 100, "", i + 1);
                    notices.keep(notice);
                    return notices.all().stream()
                        .anyMatch(it ->
                            it.topic().equals(notice.topic()) && it.number() >= notice.number());
                  }))
              .toList();
      for (Future<Boolean> one : all) {
        assertTrue(one.get(), "it is durable when it returns");
      }
    }
    assertEquals(
        LongStream.rangeClosed(401, 500).boxed().toList(),
        open().all().stream().map(Notice::number).toList());
  }

  /** What is kept once all is done that was begun: whoever keeps one waits for those before. */
  private static List<Notice> settled(Notices notices) {
    notices.keep(new Notice("last", "", 1));
    return notices.all().stream().filter(notice -> !notice.topic().equals("last")).toList();
  }

  private static Notice numbered(long number) {
    return new Notice("one", "ada", number);
  }
}
