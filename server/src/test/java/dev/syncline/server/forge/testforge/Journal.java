package dev.syncline.server.forge.testforge;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** What an API was asked, what of that or of the answers was wrong, and how much was at once. */
record Journal(
    List<Asked> asked, List<String> wrong, AtomicInteger underWay, AtomicInteger mostUnderWay) {

  Journal() {
    this(
        new CopyOnWriteArrayList<>(),
        new CopyOnWriteArrayList<>(),
        new AtomicInteger(),
        new AtomicInteger());
  }

  Reply busy(Supplier<Reply> work) {
    mostUnderWay.accumulateAndGet(underWay.incrementAndGet(), Math::max);
    try {
      return work.get();
    } finally {
      underWay.decrementAndGet();
    }
  }
}
