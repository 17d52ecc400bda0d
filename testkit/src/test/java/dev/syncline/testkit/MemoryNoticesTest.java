package dev.syncline.testkit;

import dev.syncline.core.port.Notices;

final class MemoryNoticesTest extends NoticesContract {

  private final Notices notices = new MemoryNotices();
  private final Notices others = new MemoryNotices();

  @Override
  protected Notices open() {
    return notices;
  }

  @Override
  protected Notices openOther() {
    return others;
  }
}
