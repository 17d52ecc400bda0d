package dev.syncline.server.document.automerge;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Changes that build on one that isn't here yet. Bounded: what doesn't fit is forgotten, which is
 * safe, since its sender is not told that we have it. Confined to the document's mailbox.
 */
final class Waiting {

  /**
   * A change that waits.
   *
   * @param position where the store keeps it already, or {@link History#NOT_STORED}
   */
  record Waiter(Change change, long position) {}

  private final long maxBytes;
  private final Map<ChangeHash, Waiter> waiters = new HashMap<>();
  private final Map<ChangeHash, List<Waiter>> byMissing = new HashMap<>();
  private long bytes;

  Waiting(long maxBytes) {
    this.maxBytes = maxBytes;
  }

  int size() {
    return waiters.size();
  }

  long memory() {
    return bytes;
  }

  boolean contains(ChangeHash hash) {
    return waiters.containsKey(hash);
  }

  /** Keeps a change until one of its missing dependencies arrives; answers whether it fitted. */
  boolean add(Waiter waiter, ChangeHash missing) {
    long cost = cost(waiter.change());
    if (bytes + cost > maxBytes) {
      return false;
    }
    if (waiters.put(waiter.change().hash(), waiter) == null) {
      bytes += cost;
    }
    byMissing.computeIfAbsent(missing, hash -> new ArrayList<>(1)).add(waiter);
    return true;
  }

  /** Takes out those that waited for this change; each may have to wait for another one now. */
  List<Waiter> release(ChangeHash arrived) {
    List<Waiter> released = byMissing.remove(arrived);
    if (released == null) {
      return List.of();
    }
    for (Waiter waiter : released) {
      waiters.remove(waiter.change().hash());
      bytes -= cost(waiter.change());
    }
    return released;
  }

  /** What has to be asked for to get at {@code heads}: what neither waits here nor is known. */
  List<ChangeHash> missingFor(List<ChangeHash> heads, Predicate<ChangeHash> known) {
    if (heads.stream().allMatch(known)) {
      return List.of();
    }
    var missing = new ArrayList<ChangeHash>();
    Set<ChangeHash> seen = new LinkedHashSet<>(heads);
    var toVisit = new ArrayList<>(seen);
    while (!toVisit.isEmpty()) {
      ChangeHash hash = toVisit.removeLast();
      if (known.test(hash)) {
        continue;
      }
      Waiter waiter = waiters.get(hash);
      if (waiter == null) {
        missing.add(hash);
        continue;
      }
      for (ChangeHash dependency : waiter.change().dependencies()) {
        if (seen.add(dependency)) {
          toVisit.add(dependency);
        }
      }
    }
    missing.sort(null);
    return List.copyOf(missing);
  }

  private static long cost(Change change) {
    return change.chunk().length + 200L + (long) ChangeHash.BYTES * change.dependencies().size();
  }
}
