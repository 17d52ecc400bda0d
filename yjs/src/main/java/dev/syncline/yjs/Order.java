package dev.syncline.yjs;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * In which order blocks can be integrated, and which have to wait for others: worked out before
 * anything is changed. Confined to its document.
 */
final class Order {

  /** A client's blocks, in the order of clocks. */
  private static final class Queue {
    final long client;
    final List<Block> blocks;
    int at;

    /** How many units of the client's there will be. */
    long end;

    Queue(long client, List<Block> blocks, long end) {
      this.client = client;
      this.blocks = blocks;
      this.end = end;
    }
  }

  private final Store store;
  private final Map<Long, Queue> queues = new LinkedHashMap<>();
  private final List<Block> ready = new ArrayList<>();

  Order(Map<Long, List<Block>> blocks, Store store) {
    this.store = store;
    blocks.forEach((client, all) -> queues.put(client, new Queue(client, all, store.next(client))));
    Map<Long, List<Queue>> waiting = new HashMap<>();
    Deque<Queue> todo = new ArrayDeque<>(queues.values());
    while (!todo.isEmpty()) {
      Queue queue = todo.poll();
      long before = queue.end;
      advance(queue)
          .ifPresent(
              missing -> waiting.computeIfAbsent(missing, _ -> new ArrayList<>()).add(queue));
      if (queue.end > before) {
        @Nullable List<Queue> woken = waiting.remove(queue.client);
        if (woken != null) {
          todo.addAll(woken);
        }
      }
    }
  }

  /** What can be integrated, one after the other. */
  List<Block> ready() {
    return ready;
  }

  /** What has to wait. */
  Map<Long, List<Block>> waiting() {
    Map<Long, List<Block>> waiting = Update.byClient();
    queues.forEach((client, queue) -> {
      if (queue.at < queue.blocks.size()) {
        waiting.put(client, List.copyOf(queue.blocks.subList(queue.at, queue.blocks.size())));
      }
    });
    return waiting;
  }

  /** How many units of a client's there will be. */
  long end(long client) {
    @Nullable Queue queue = queues.get(client);
    return queue == null ? store.next(client) : queue.end;
  }

  /** Goes on as far as can be; answers of whom something is needed first. */
  private Optional<Long> advance(Queue queue) {
    for (; queue.at < queue.blocks.size(); queue.at++) {
      Block next = queue.blocks.get(queue.at);
      long known = queue.end - next.id().clock();
      if (known >= next.length() || next instanceof Block.Skipped) {
        continue;
      }
      Optional<Long> missing = known < 0 ? Optional.of(queue.client) : missing(next);
      if (missing.isPresent()) {
        return missing;
      }
      ready.add(next.from(known));
      queue.end = next.id().clock() + next.length();
    }
    return Optional.empty();
  }

  private Optional<Long> missing(Block block) {
    if (!(block instanceof Block.Insertion insertion)) {
      return Optional.empty();
    }
    return missing(insertion.origin())
        .or(() -> missing(insertion.rightOrigin()))
        .or(() ->
            insertion.place() instanceof Place.In(Id item) ? missing(item) : Optional.empty());
  }

  private Optional<Long> missing(@Nullable Id id) {
    return id == null || id.clock() < end(id.client())
        ? Optional.empty()
        : Optional.of(id.client());
  }
}
