package dev.syncline.yjs;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What can be done with updates without a document, so without knowing what they build on. */
public final class Updates {

  private Updates() {}

  /**
   * One update that does what all of these do.
   *
   * @throws MalformedUpdateException if one of them is none
   */
  public static byte[] merge(List<byte[]> updates) {
    Map<Long, List<Block>> blocks = Update.byClient();
    var deletions = new Deletions();
    for (byte[] bytes : updates) {
      Update update = Update.decode(bytes);
      update
          .blocks()
          .forEach((client, more) ->
              blocks.computeIfAbsent(client, _ -> new ArrayList<>()).addAll(more));
      deletions.addAll(update.deletions());
    }
    blocks.replaceAll((client, all) -> once(all, 0));
    blocks.values().removeIf(List::isEmpty);
    return new Update(blocks, deletions.tidied()).encode();
  }

  /**
   * What is in an update beyond a state. Deletions are all kept: a state doesn't tell of them.
   *
   * @throws MalformedUpdateException if it is none
   */
  public static byte[] diff(byte[] update, StateVector known) {
    Update all = Update.decode(update);
    Map<Long, List<Block>> blocks = Update.byClient();
    all.blocks().forEach((client, some) -> blocks.put(client, once(some, known.of(client))));
    blocks.values().removeIf(List::isEmpty);
    return new Update(blocks, all.deletions()).encode();
  }

  /**
   * The state of a document that has just this update: of each client, what comes without a gap.
   *
   * @throws MalformedUpdateException if it is none
   */
  public static StateVector state(byte[] update) {
    var clocks = new HashMap<Long, Long>();
    Update.decode(update)
        .blocks()
        .forEach((client, blocks) -> {
          long end = 0;
          for (Block block : once(blocks, 0)) {
            if (block.id().clock() > end) {
              break;
            }
            end = block.id().clock() + block.length();
          }
          clocks.put(client, end);
        });
    return new StateVector(clocks);
  }

  /** Each unit once, in order, from a clock on; what was skipped is left out. */
  static List<Block> once(List<Block> blocks, long from) {
    var inOrder = new ArrayList<>(blocks);
    inOrder.removeIf(Block.Skipped.class::isInstance);
    inOrder.sort(Comparator.comparingLong(block -> block.id().clock()));
    var once = new ArrayList<Block>();
    long end = from;
    for (Block block : inOrder) {
      long known = Math.max(0, end - block.id().clock());
      if (known < block.length()) {
        once.add(block.from(known));
        end = block.id().clock() + block.length();
      }
    }
    return once;
  }
}
