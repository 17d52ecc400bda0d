package dev.syncline.server.document.automerge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.syncline.core.model.SyncException;
import java.util.HexFormat;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@NullMarked
final class CborInputTest {

  private static CborInput cbor(String hex) {
    return new CborInput(HexFormat.of().parseHex(hex));
  }

  @ParameterizedTest
  @ValueSource(strings = {"1f", "3f", "df00", "df"})
  void noIntegerAndNoTagIsOfUnknownLength(String hex) {
    assertThrows(SyncException.Invalid.class, () -> cbor(hex).skip());
    assertThrows(SyncException.Invalid.class, () -> cbor(hex).whole());
    assertThrows(SyncException.Invalid.class, () -> cbor(hex).bytes());
  }

  @ParameterizedTest
  @CsvSource({
    "00,0",
    "17,23",
    "1818,24",
    "1903e8,1000",
    "1a000f4240,1000000",
    "1b000000e8d4a51000,1000000000000",
    "fb4270000000000000,1099511627776",
    "fa47000000,32768"
  })
  void aWholeNumberIsAnIntegerOrAFloatWithoutAFraction(String hex, long value) {
    assertEquals(value, cbor(hex).whole());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "20",
        "fb3ff8000000000000",
        "fb7ff8000000000000",
        "fbbff0000000000000",
        "fb7ff0000000000000",
        "1bffffffffffffffff",
        "1b0020000000000001",
        "6130",
        "f6"
      })
  void anythingElseIsNoWholeNumber(String hex) {
    assertThrows(SyncException.Invalid.class, () -> cbor(hex).whole());
  }

  @Test
  void aByteStringMayBeTaggedAsATypedArray() {
    assertEquals(2, cbor("420102").bytes().left());
    assertEquals(2, cbor("d840420102").bytes().left());
  }

  @Test
  void nullAndUndefinedAreAbsent() {
    assertTrue(cbor("f6").absent());
    assertTrue(cbor("f7").absent());
    assertFalse(cbor("f4").absent());
    assertFalse(cbor("").absent());
  }

  @Test
  void onlyTrueIsTrue() {
    assertTrue(cbor("f5").isTrue());
    assertFalse(cbor("f4").isTrue());
    assertFalse(cbor("01").isTrue());
    assertFalse(cbor("8101").isTrue());
  }

  @Test
  void aTextIsUtf8AndNotLongerThanAllowed() {
    assertEquals("ü", cbor("62c3bc").text(2));
    assertThrows(SyncException.Invalid.class, () -> cbor("62c3bc").text(1));
    assertThrows(SyncException.Invalid.class, () -> cbor("62c328").text(8));
    // A surrogate that was written as if it were a character.
    assertThrows(SyncException.Invalid.class, () -> cbor("63eda080").text(8));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "5affffffff00",
        "7affffffff00",
        "9affffffff00",
        "baffffffff00",
        "bb7fffffffffffffff00",
        "9bffffffffffffffff",
        "5bffffffffffffffff",
        "ba00000002010203"
      })
  void aLengthThatReachesPastTheFrameIsRefusedBeforeItCostsMemory(String hex) {
    assertThrows(SyncException.Invalid.class, () -> cbor(hex).skip());
  }

  @ParameterizedTest
  @ValueSource(strings = {"1c", "1d", "1e", "ff", "81ff", "a1ff", "c1", "19", ""})
  void whatIsReservedOrCutShortIsRefused(String hex) {
    assertThrows(SyncException.Invalid.class, () -> cbor(hex).skip());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "9f0102ff",
        "bf6161016162f7ff",
        "5f41014102ff",
        "c0f6",
        "fb0000000000000000",
        "f97e00"
      })
  void whatIsNotKnownIsWalkedPast(String hex) {
    CborInput in = cbor(hex);
    in.skip();
    assertTrue(in.isEmpty());
  }

  @ParameterizedTest
  @ValueSource(strings = {"81", "9f", "c1", "5f", "a100", "bf00"})
  void nestingIsBounded(String item) {
    assertThrows(SyncException.Invalid.class, () -> cbor(item.repeat(100_000)).skip());
  }

  @Test
  void aMapOfUnknownLengthEndsWhereItSays() {
    CborInput in = cbor("bf616101ff");
    assertEquals(-1, in.map());
    assertFalse(in.end());
    assertEquals("a", in.text(1));
    assertEquals(1, in.whole());
    assertTrue(in.end());
    assertTrue(in.isEmpty());
  }
}
