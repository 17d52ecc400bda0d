package dev.syncline.yjs;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What came before that which it builds on. Confined to its document. */
final class Pending {

  private Map<Long, List<Block>> blocks = Update.byClient();
  private Deletions deletions = new Deletions();

  boolean isEmpty() {
    return blocks.isEmpty() && deletions.isEmpty();
  }

  /** How many blocks wait. */
  int size() {
    return blocks.values().stream().mapToInt(List::size).sum();
  }

  Map<Long, List<Block>> blocks() {
    return blocks;
  }

  Deletions deletions() {
    return deletions;
  }

  /** Integrates all of an update, and of what waited, that can be by now; the rest waits on. */
  void integrate(Update update, Integration integration) {
    Store store = integration.store();
    Map<Long, Deque<Block>> queues = queues(update);
    Map<Long, Set<Long>> waiting = new HashMap<>();
    Deque<Long> ready = new ArrayDeque<>(queues.keySet());
    while (!ready.isEmpty()) {
      long client = ready.poll();
      Deque<Block> queue = queues.get(client);
      boolean moved = false;
      while (queue != null && !queue.isEmpty()) {
        Block next = queue.peek();
        long known = store.next(client);
        long behind = known - next.id().clock();
        if (behind >= next.length() || next instanceof Block.Skipped) {
          queue.poll();
          continue;
        }
        Optional<Long> missing = behind < 0 ? Optional.of(client) : missing(next, store);
        if (missing.isPresent()) {
          waiting.computeIfAbsent(missing.get(), _ -> new HashSet<>()).add(client);
          break;
        }
        integration.add(queue.poll().from(behind));
        moved = true;
      }
      if (moved) {
        Set<Long> woken = waiting.remove(client);
        if (woken != null) {
          ready.addAll(woken);
        }
      }
    }
    blocks = Update.byClient();
    queues.forEach((client, queue) -> {
      if (!queue.isEmpty()) {
        blocks.put(client, new ArrayList<>(queue));
      }
    });
    delete(update.deletions(), integration);
  }

  private Map<Long, Deque<Block>> queues(Update update) {
    Map<Long, Deque<Block>> queues = new HashMap<>();
    update
        .blocks()
        .forEach((client, fresh) -> {
          List<Block> old = blocks.getOrDefault(client, List.of());
          queues.put(
              client,
              old.isEmpty()
                  ? new ArrayDeque<>(fresh)
                  : new ArrayDeque<>(
                      Stream.concat(old.stream(), fresh.stream())
                          .sorted(Comparator.comparingLong(block -> block.id().clock()))
                          .toList()));
        });
    blocks.forEach((client, old) -> queues.computeIfAbsent(client, _ -> new ArrayDeque<>(old)));
    return queues;
  }

  /** A client of whom something is needed first. */
  private static Optional<Long> missing(Block block, Store store) {
    if (!(block instanceof Block.Insertion insertion)) {
      return Optional.empty();
    }
    return missing(insertion.origin(), store)
        .or(() -> missing(insertion.rightOrigin(), store))
        .or(() ->
            insertion.place() instanceof Place.In(Id item)
                ? missing(item, store)
                : Optional.empty());
  }

  private static Optional<Long> missing(@Nullable Id id, Store store) {
    return id == null || store.has(id) ? Optional.empty() : Optional.of(id.client());
  }

  private void delete(Deletions more, Integration integration) {
    var all = new Deletions();
    all.addAll(deletions);
    all.addAll(more);
    var left = new Deletions();
    all.forEach((client, range) -> {
      long known = Math.min(range.end(), integration.store().next(client));
      if (range.clock() < known) {
        integration.delete(client, range.clock(), known);
      }
      if (known < range.end()) {
        long from = Math.max(known, range.clock());
        left.add(client, from, range.end() - from);
      }
    });
    deletions = left.tidied();
  }
}
