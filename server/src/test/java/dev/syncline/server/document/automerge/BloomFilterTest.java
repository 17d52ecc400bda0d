package dev.syncline.server.document.automerge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.syncline.core.model.SyncException;
import dev.syncline.testkit.automerge.Wire;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@NullMarked
final class BloomFilterTest {

  private static List<ChangeHash> hashes(long seed, int count) {
    var random = new Random(seed);
    return IntStream.range(0, count)
        .mapToObj(_ ->
            new ChangeHash(
                random.nextLong(), random.nextLong(), random.nextLong(), random.nextLong()))
        .toList();
  }

  @Test
  void whatItHoldsIsNeverDenied() {
    List<ChangeHash> held = hashes(1, 10_000);
    BloomFilter filter = BloomFilter.of(held);
    assertTrue(held.stream().allMatch(filter::contains));
  }

  @Test
  void aboutOneInAHundredOfTheOthersSlipsThrough() {
    BloomFilter filter = BloomFilter.of(hashes(1, 10_000));
    long slipped = hashes(2, 10_000).stream().filter(filter::contains).count();
    assertTrue(slipped > 20 && slipped < 300, slipped + " of 10,000");
  }

  @Test
  void nothingIsInAnEmptyOne() {
    assertFalse(BloomFilter.EMPTY.contains(hashes(1, 1).getFirst()));
    assertEquals(0, BloomFilter.of(List.of()).encode().length);
    assertEquals(0, BloomFilter.decode(Input.of(new byte[0])).entries());
  }

  @Test
  void whatWasWrittenIsRead() {
    List<ChangeHash> held = hashes(3, 77);
    BloomFilter read = BloomFilter.decode(Input.of(BloomFilter.of(held).encode()));
    assertEquals(77, read.entries());
    assertTrue(held.stream().allMatch(read::contains));
  }

  @ParameterizedTest
  @CsvSource({
    "1,0,7,0",
    "1,10,0,2",
    "1,10,65,2",
    "1,10,7,1",
    "1,10,7,3",
    "4294967295,4294967295,7,2",
    "9223372036854775807,10,7,2",
    "2147483647,2147483647,7,2"
  })
  void impossibleParametersAreRefused(long entries, long bitsPerEntry, long probes, int bytes) {
    byte[] lying =
        new Wire().uleb(entries).uleb(bitsPerEntry).uleb(probes).raw(new byte[bytes]).toByteArray();
    assertThrows(SyncException.Invalid.class, () -> BloomFilter.decode(Input.of(lying)));
  }
}
