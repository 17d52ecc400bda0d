package dev.syncline.yjs;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What came before that which it builds on. Confined to its document. */
final class Pending {

  /**
   * So many blocks and deletions may wait: what somebody does in months without a connection. In
   * memory they take about 200 bytes each.
   */
  static final int MOST = 1 << 17;

  /** So many bytes of an update may wait: contents are not bounded by their number. */
  static final int MOST_BYTES = 16 << 20;

  private Map<Long, List<Block>> blocks = Update.byClient();
  private Deletions deletions = new Deletions();

  boolean isEmpty() {
    return blocks.isEmpty() && deletions.isEmpty();
  }

  /** What waits, as an update. */
  Update update() {
    return new Update(blocks, deletions);
  }

  /**
   * Integrates all of an update, and of what waited, that can be by now; the rest waits on.
   *
   * @throws MalformedUpdateException if that is too much; then nothing has changed
   */
  void integrate(Update update, Integration integration) {
    Store store = integration.store();
    var order = new Order(with(update.blocks()), store);
    Deletions all = deletions.with(update.deletions());
    var later = new Update(order.waiting(), all.beyond(order::end));
    check(later);
    order.ready().forEach(integration::add);
    all.forEach((client, range) ->
        integration.delete(client, range.clock(), Math.min(range.end(), store.next(client))));
    blocks = later.blocks();
    deletions = later.deletions();
  }

  private static void check(Update later) {
    int waiting =
        later.deletions().size() + later.blocks().values().stream().mapToInt(List::size).sum();
    if (waiting > MOST || (waiting > 0 && later.encode().length > MOST_BYTES)) {
      throw new MalformedUpdateException(
          "more than %,d changes, or %,d bytes of them, build on others that have not come: ask for the whole document"
              .formatted(MOST, MOST_BYTES));
    }
  }

  /** More blocks and those that wait, each unit once. */
  private Map<Long, List<Block>> with(Map<Long, List<Block>> more) {
    if (blocks.isEmpty()) {
      return more;
    }
    Map<Long, List<Block>> all = Update.byClient();
    more.forEach((client, fresh) -> all.put(client, new ArrayList<>(fresh)));
    blocks.forEach(
        (client, old) -> all.computeIfAbsent(client, _ -> new ArrayList<>()).addAll(old));
    all.replaceAll((_, both) -> Updates.once(both, 0));
    return all;
  }
}
