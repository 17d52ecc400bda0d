package dev.syncline.yjs;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Writes lib0's encoding, the way that yjs writes it. */
final class Output {

  private static final double MOST_AS_INTEGER = Integer.MAX_VALUE;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  byte[] toBytes() {
    return out.toByteArray();
  }

  void u8(int value) {
    out.write(value);
  }

  void varUint(long value) {
    long left = value;
    while (left > 0x7F) {
      out.write((int) (left & 0x7F) | 0x80);
      left >>>= 7;
    }
    out.write((int) left);
  }

  private void varInt(double value) {
    boolean isNegative = value < 0 || 1 / value < 0;
    long left = (long) Math.abs(value);
    out.write((left > 0x3F ? 0x80 : 0) | (isNegative ? 0x40 : 0) | (int) (left & 0x3F));
    left >>>= 6;
    while (left > 0) {
      out.write((left > 0x7F ? 0x80 : 0) | (int) (left & 0x7F));
      left >>>= 7;
    }
  }

  void bytes(byte[] value) {
    varUint(value.length);
    out.writeBytes(value);
  }

  void string(String value) {
    bytes(value.getBytes(StandardCharsets.UTF_8));
  }

  void any(YAny value) {
    switch (value) {
      case YAny.Undefined() -> u8(127);
      case YAny.Null() -> u8(126);
      case YAny.Num(double number) -> number(number);
      case YAny.BigInt(long number) -> {
        u8(122);
        bigEndian(number, Long.BYTES);
      }
      case YAny.Bool(boolean is) -> u8(is ? 120 : 121);
      case YAny.Text(String text) -> {
        u8(119);
        string(text);
      }
      case YAny.Fields(Map<String, YAny> fields) -> {
        u8(118);
        varUint(fields.size());
        fields.forEach((key, field) -> {
          string(key);
          any(field);
        });
      }
      case YAny.Items items -> {
        u8(117);
        varUint(items.values().size());
        items.values().forEach(this::any);
      }
      case YAny.Bytes bytes -> {
        u8(116);
        bytes(bytes.value());
      }
    }
  }

  private void number(double number) {
    if (number == Math.rint(number) && Math.abs(number) <= MOST_AS_INTEGER) {
      u8(125);
      varInt(number);
    } else if ((float) number == number) {
      u8(124);
      bigEndian(Float.floatToIntBits((float) number), Integer.BYTES);
    } else {
      u8(123);
      bigEndian(Double.doubleToLongBits(number), Long.BYTES);
    }
  }

  private void bigEndian(long value, int length) {
    for (int shift = 8 * (length - 1); shift >= 0; shift -= 8) {
      out.write((int) (value >>> shift));
    }
  }
}
