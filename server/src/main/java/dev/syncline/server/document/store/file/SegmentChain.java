package dev.syncline.server.document.store.file;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Decides from the beginnings of all log segments how much of each counts. Pure. */
final class SegmentChain {

  private SegmentChain() {}

  /**
   * @param begin its first record; empty if that can't be read
   */
  record Segment(long number, long size, Optional<LogEntry.Begin> begin) {}

  /**
   * @param length of the segment, from its start, that counts
   * @param cut whether the segment behind it says so; if not, its end may be unfinished
   */
  record Reach(long number, long length, boolean cut) {}

  /** What to replay, in order. */
  static List<Reach> of(List<Segment> segments) {
    var reaches = new ArrayList<Reach>();
    Optional<LogEntry.Begin> after = Optional.empty();
    List<Segment> newestFirst =
        segments.stream().sorted(Comparator.comparingLong(Segment::number).reversed()).toList();
    for (Segment segment : newestFirst) {
      if (after.isPresent() && segment.number() > after.get().previous()) {
        continue;
      }
      boolean cut = after.isPresent() && segment.number() == after.get().previous();
      long length = cut ? Math.min(segment.size(), after.get().length()) : segment.size();
      reaches.addFirst(new Reach(segment.number(), length, cut));
      // A beginning that can't be read says nothing: then all before it counts.
      after = segment.begin();
    }
    return reaches;
  }
}
