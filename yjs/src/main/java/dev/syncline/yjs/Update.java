package dev.syncline.yjs;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * An update in parts, as it travels.
 *
 * @param blocks by client, the highest first; each client's in the order of clocks
 * @param deletions what it deletes
 */
record Update(Map<Long, List<Block>> blocks, Deletions deletions) {

  /** An empty map in the order in which clients are written. */
  static <T> Map<Long, T> byClient() {
    return new TreeMap<>(Comparator.reverseOrder());
  }

  /**
   * Reads version 1 of the format.
   *
   * @throws MalformedUpdateException if it is none
   */
  static Update decode(byte[] bytes) {
    var in = new Input(bytes);
    Map<Long, List<Block>> blocks = byClient();
    for (int clients = in.count(); clients > 0; clients--) {
      int count = in.count();
      long client = in.varUint();
      long clock = in.varUint();
      List<Block> all = blocks.computeIfAbsent(client, _ -> new ArrayList<>());
      for (int left = count; left > 0; left--) {
        Block block = BlockFormat.read(in, new Id(client, clock));
        clock += block.length();
        if (clock > Input.MAX_INTEGER) {
          throw Input.malformed("a clock is too large");
        }
        if (block.length() > 0) {
          all.add(block);
        }
      }
    }
    Deletions deletions = Deletions.read(in);
    if (!in.isAtEnd()) {
      throw Input.malformed("it goes on after its end");
    }
    blocks.values().forEach(all -> all.sort(Comparator.comparingLong(block -> block.id().clock())));
    return new Update(blocks, deletions);
  }

  /** Version 1 of the format. What is missing between two blocks is written as such. */
  byte[] encode() {
    var out = new Output();
    Map<Long, List<Block>> written = byClient();
    blocks.forEach((client, all) -> {
      if (!all.isEmpty()) {
        written.put(client, withGaps(all));
      }
    });
    out.varUint(written.size());
    written.forEach((client, all) -> {
      out.varUint(all.size());
      out.varUint(client);
      out.varUint(all.getFirst().id().clock());
      all.forEach(block -> BlockFormat.write(out, block));
    });
    deletions.write(out);
    return out.toBytes();
  }

  private static List<Block> withGaps(List<Block> blocks) {
    var all = new ArrayList<Block>(blocks.size());
    for (Block block : blocks) {
      if (!all.isEmpty()) {
        Block last = all.getLast();
        long end = last.id().clock() + last.length();
        if (end < block.id().clock()) {
          all.add(new Block.Skipped(new Id(block.id().client(), end), block.id().clock() - end));
        }
      }
      all.add(block);
    }
    return all;
  }
}
