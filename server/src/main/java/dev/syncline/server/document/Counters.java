package dev.syncline.server.document;

import dev.syncline.server.measure.Histogram;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** What the document server has done since it started. Thread-safe. */
final class Counters {

  final LongAdder framesReceived = new LongAdder();
  final LongAdder framesSent = new LongAdder();
  final LongAdder bytesReceived = new LongAdder();
  final LongAdder bytesSent = new LongAdder();
  final LongAdder changesStored = new LongAdder();
  final LongAdder changesDenied = new LongAdder();
  final LongAdder chunksUnreadable = new LongAdder();
  final LongAdder storeFailures = new LongAdder();
  final Histogram acknowledgements = new Histogram();

  private final Map<Refusal, LongAdder> refused = new ConcurrentHashMap<>();

  void refused(Refusal reason) {
    refused.computeIfAbsent(reason, _ -> new LongAdder()).increment();
  }

  /** Refused frames by the reason's name in lower case with hyphens; all reasons are there. */
  Map<String, Long> refused() {
    var byName = new TreeMap<String, Long>();
    for (Refusal reason : Refusal.values()) {
      LongAdder count = refused.getOrDefault(reason, new LongAdder());
      byName.put(reason.name().toLowerCase(Locale.ROOT).replace('_', '-'), count.sum());
    }
    return byName;
  }
}
