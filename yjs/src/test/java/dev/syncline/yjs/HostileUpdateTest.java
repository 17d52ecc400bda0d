package dev.syncline.yjs;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Bytes that nobody should have sent: they are refused, or cost no more than what they bring. */
final class HostileUpdateTest {

  private static final int ROUNDS = Boolean.getBoolean("syncline.full") ? 1_000_000 : 20_000;

  /** What a few hundred bytes may allocate: most of it is what Java needs to load classes. */
  private static final long LITTLE = 4 << 20;

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private static final HexFormat HEX = HexFormat.of();
  private static final byte[] HUGE = HEX.parseHex("ffffffff07");
  private static final byte[] NOTHING = new byte[2];
  private static final Id MISSING = new Id(6, 0);

  @Test
  void whatIsAnnouncedAndNotThereIsNotAllocated() {
    String item = "010101000";
    for (String start :
        List.of(
            "", // clients
            "01", // blocks
            "00", // clients that deleted
            "000101", // their deletions
            item + "401", // the name of a root
            item + "4010174", // a text
            item + "2010174", // elements as the first versions wrote them
            item + "3010174", // bytes
            item + "8010174", // elements
            item + "801017401" + "77", // a text in data
            item + "801017401" + "76", // an object
            item + "801017401" + "75", // a list
            item + "801017401" + "74")) { // bytes in data
      byte[] update = joined(HEX.parseHex(start), HUGE, new byte[2]);
      long before = THREADS.getCurrentThreadAllocatedBytes();
      assertThrows(MalformedUpdateException.class, () -> YDoc.reading(update), start);
      assertTrue(THREADS.getCurrentThreadAllocatedBytes() - before < LITTLE, start);
    }
    assertThrows(MalformedUpdateException.class, () -> StateVector.decode(HUGE));
  }

  @Test
  void dataIsNestedToABound() {
    assertEquals(1, YDoc.reading(nested(64)).array("t").length());
    for (int depth : List.of(65, 1_000_000)) {
      assertThrows(MalformedUpdateException.class, () -> YDoc.reading(nested(depth)));
    }
  }

  /** A list in a list, and so on, in an array named "t". */
  private static byte[] nested(int depth) {
    byte[] start = HEX.parseHex("010101000801017401");
    return joined(start, HEX.parseHex("7501".repeat(depth)), HEX.parseHex("7e00"));
  }

  @Test
  void anUpdateHasABoundedNumberOfParts() {
    YAny[] elements = new YAny[Input.MOST_THINGS];
    Arrays.fill(elements, new YAny.Null());
    byte[] update = update(insertion(0, null, new Content.Values(List.of(elements))));
    assertThrows(MalformedUpdateException.class, () -> YDoc.reading(update));
  }

  @Test
  void asMuchWaitsAsMay() {
    var doc = new YDoc(1);
    doc.apply(waiting(Pending.MOST));
    byte[] before = doc.encode();
    doc.apply(waiting(Pending.MOST));
    assertArrayEquals(before, doc.encode());
    assertFalse(doc.isComplete());

    var more = new Deletions();
    more.add(MISSING.client(), MISSING.clock(), 1);
    for (byte[] update : List.of(waiting(Pending.MOST + 1), new Update(Map.of(), more).encode())) {
      assertThrows(MalformedUpdateException.class, () -> doc.apply(update));
      assertArrayEquals(before, doc.encode());
    }
  }

  @Test
  void onlyWhatWaitsIsBounded() {
    var text = new Content.Text("x".repeat(Pending.MOST_BYTES));
    assertThrows(
        MalformedUpdateException.class, () -> YDoc.reading(update(insertion(0, MISSING, text))));
    YDoc doc = YDoc.reading(update(insertion(0, null, text)));
    assertEquals(Pending.MOST_BYTES, doc.text("t").length());
  }

  /** So many letters, of which the first was put behind one that nobody has. */
  private static byte[] waiting(int letters) {
    Block[] blocks = new Block[letters];
    Arrays.setAll(blocks, clock -> insertion(clock, MISSING, new Content.Text("x")));
    return update(blocks);
  }

  private static Block insertion(long clock, @Nullable Id origin, Content content) {
    Place place = origin == null ? new Place.Root("t") : Place.BESIDE;
    return new Block.Insertion(new Id(5, clock), origin, null, place, Optional.empty(), content);
  }

  private static byte[] update(Block... blocks) {
    return new Update(Map.of(5L, List.of(blocks)), new Deletions()).encode();
  }

  /**
   * Real updates, made by yjs: a text of several people, one of every kind of content, and one that
   * waits for another. Each is cut everywhere, and damaged in random ways.
   */
  @Test
  void damageIsAnErrorAndNothingElse() {
    List<byte[]> real = real();
    real.forEach(update -> {
      for (int length = 0; length < update.length; length++) {
        byte[] cut = Arrays.copyOf(update, length);
        assertThrows(MalformedUpdateException.class, () -> YDoc.reading(cut));
      }
    });
    for (long seed = 1; seed <= ROUNDS; seed++) {
      var random = new Random(seed);
      byte[] update = any(real, random);
      for (int times = 1 + random.nextInt(3); times > 0; times--) {
        update = damaged(update, any(real, random), random);
      }
      long before = THREADS.getCurrentThreadAllocatedBytes();
      try {
        tryAll(random.nextBoolean() ? any(real, random) : NOTHING, update);
      } catch (RuntimeException | Error e) {
        throw new AssertionError("seed " + seed + ": " + HEX.formatHex(update), e);
      }
      long allocated = THREADS.getCurrentThreadAllocatedBytes() - before;
      assertTrue(
          allocated < LITTLE,
          "seed " + seed + " allocates " + allocated + " for " + HEX.formatHex(update));
    }
  }

  private static void tryAll(byte[] known, byte[] update) {
    YDoc doc = YDoc.reading(known);
    byte[] before = doc.encode();
    try {
      doc.apply(update);
    } catch (MalformedUpdateException e) {
      assertArrayEquals(before, doc.encode());
      assertThrows(MalformedUpdateException.class, () -> Updates.merge(List.of(known, update)));
      return;
    }
    Updates.merge(List.of(known, Updates.diff(update, Updates.state(known))));
    doc.apply(doc.encode());
    doc.roots()
        .forEach(root -> {
          doc.map(root).toAny();
          doc.array(root).toAny();
          doc.text(root).toAny();
          doc.xml(root).toAny();
        });
  }

  private static byte[] damaged(byte[] update, byte[] other, Random random) {
    int from = random.nextInt(update.length + 1);
    int to = from + random.nextInt(Math.min(2, update.length - from) + 1);
    byte[] start = Arrays.copyOf(update, from);
    byte[] end = Arrays.copyOfRange(update, to, update.length);
    byte[] part = Arrays.copyOfRange(update, from, to);
    return switch (random.nextInt(6)) {
      case 0 -> joined(start, end);
      case 1 -> joined(start, part, part, end);
      case 2 -> joined(start, HUGE, end);
      case 3 -> {
        int at = random.nextInt(other.length);
        yield joined(start, Arrays.copyOfRange(other, at, Math.min(at + 16, other.length)), end);
      }
      default -> {
        random.nextBytes(part);
        yield joined(start, part, end);
      }
    };
  }

  private static byte[] any(List<byte[]> updates, Random random) {
    return updates.get(random.nextInt(updates.size()));
  }

  private static byte[] joined(byte[]... parts) {
    var all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }

  private static List<byte[]> real() {
    try (InputStream in = HostileUpdateTest.class.getResourceAsStream("updates.txt")) {
      String lines = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return lines.lines().map(HEX::parseHex).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
