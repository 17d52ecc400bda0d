package dev.syncline.testkit.automerge;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads frames of the server as the strictest client does: definite lengths and nothing left. */
public final class ServerFrames {

  private ServerFrames() {}

  /** Keys to String, byte[], Long, Double, Boolean, List or Map. */
  public static Map<String, Object> read(byte[] frame) {
    ByteBuffer in = ByteBuffer.wrap(frame);
    var fields = new LinkedHashMap<String, Object>();
    if (item(in) instanceof Map<?, ?> map && !in.hasRemaining()) {
      map.forEach((key, value) -> fields.put((String) key, value));
      return fields;
    }
    throw new IllegalArgumentException("a frame is not exactly one map");
  }

  private static Object item(ByteBuffer in) {
    int head = in.get() & 0xff;
    if (head == 0xf4 || head == 0xf5) {
      return head == 0xf5;
    }
    if (head == 0xfb) {
      return in.getDouble();
    }
    long argument = argument(in, head & 0x1f);
    return switch (head >>> 5) {
      case 0 -> argument;
      case 2 -> bytes(in, (int) argument);
      case 3 -> new String(bytes(in, (int) argument), StandardCharsets.UTF_8);
      case 4 -> {
        List<Object> items = new ArrayList<>();
        for (long i = 0; i < argument; i++) {
          items.add(item(in));
        }
        yield items;
      }
      case 5 -> {
        Map<Object, Object> map = new LinkedHashMap<>();
        for (long i = 0; i < argument; i++) {
          Object key = item(in);
          map.put(key, item(in));
        }
        yield map;
      }
      default -> throw new IllegalArgumentException("clients do not expect the item " + head);
    };
  }

  private static long argument(ByteBuffer in, int info) {
    return switch (info) {
      case 24 -> in.get() & 0xffL;
      case 25 -> in.getShort() & 0xffffL;
      case 26 -> in.getInt() & 0xffff_ffffL;
      default -> {
        if (info > 26) {
          throw new IllegalArgumentException("clients do not expect the length form " + info);
        }
        yield info;
      }
    };
  }

  private static byte[] bytes(ByteBuffer in, int count) {
    byte[] bytes = new byte[count];
    in.get(bytes);
    return bytes;
  }
}
