package dev.syncline.yjs;

import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Plain data in a document, as JavaScript knows it. Immutable. */
public sealed interface YAny extends YValue {

  /** JavaScript's {@code undefined}. */
  record Undefined() implements YAny {}

  /** JavaScript's {@code null}. */
  record Null() implements YAny {}

  record Bool(boolean value) implements YAny {}

  /** A number; whole numbers are exact up to 2^53. */
  record Num(double value) implements YAny {}

  /** A whole number of 64 bits that its author asked for as such. */
  record BigInt(long value) implements YAny {}

  record Text(String value) implements YAny {}

  record Bytes(byte[] value) implements YAny {
    public Bytes {
      value = value.clone();
    }

    @Override
    public byte[] value() {
      return value.clone();
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Bytes bytes && Arrays.equals(value, bytes.value);
    }

    @Override
    public int hashCode() {
      return Arrays.hashCode(value);
    }
  }

  record Items(List<YAny> values) implements YAny {
    public Items {
      values = List.copyOf(values);
    }
  }

  /** Fields in the order in which they were written. */
  record Fields(Map<String, YAny> values) implements YAny {
    public Fields {
      values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }
  }

  @Override
  default YAny toAny() {
    return this;
  }
}
