package dev.syncline.testkit;

import dev.syncline.core.model.SyncException;
import dev.syncline.core.port.Notices;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/** Notices that are gone when the test is over; can be broken for a while. Thread-safe. */
public final class MemoryNotices implements Notices {

  private final List<Notice> kept = new ArrayList<>();
  private int keeps;
  private boolean isBroken;

  @Override
  public synchronized void keep(Notice notice) {
    if (isBroken) {
      throw new SyncException.Unavailable("the notices are broken");
    }
    keeps++;
    boolean isOld =
        kept.stream()
            .anyMatch(it -> isSame(it, notice, Long.MAX_VALUE) && it.number() > notice.number());
    if (!isOld) {
      kept.removeIf(it -> isSame(it, notice, notice.number()));
      kept.add(notice);
    }
  }

  @Override
  public synchronized void forget(Collection<Notice> notices) {
    notices.forEach(notice -> kept.removeIf(it -> isSame(it, notice, notice.number())));
  }

  @Override
  public synchronized List<Notice> all() {
    return kept.stream().sorted(Comparator.comparingLong(Notice::number)).toList();
  }

  /** How often one was kept. */
  public synchronized int keeps() {
    return keeps;
  }

  /** Keeps nothing from now on, or does again. */
  public synchronized void setBroken(boolean isBroken) {
    this.isBroken = isBroken;
  }

  private static boolean isSame(Notice one, Notice other, long newest) {
    return one.topic().equals(other.topic())
        && one.by().equals(other.by())
        && one.number() <= newest;
  }
}
