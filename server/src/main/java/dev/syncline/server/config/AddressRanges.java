package dev.syncline.server.config;

import dev.syncline.core.model.SyncException;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Addresses and ranges of addresses ({@code 10.0.0.0/8}); separated by commas where there is no
 * syntax for lists.
 */
record AddressRanges() implements ValueType<List<String>> {

  @Override
  public List<String> parse(String text) {
    List<String> ranges =
        Arrays.stream(text.split(",", -1)).map(String::strip).filter(s -> !s.isEmpty()).toList();
    ranges.forEach(AddressRanges::check);
    return ranges;
  }

  @Override
  public String described() {
    return "list of addresses and CIDR ranges";
  }

  @Override
  public Map<String, Object> schema() {
    return Map.of("type", "array", "items", Map.of("type", "string"));
  }

  private static void check(String range) {
    if (!isRange(range)) {
      throw new SyncException.Invalid(
          "`" + range + "` is no address and no range like 10.0.0.0/8 or fd00::/8");
    }
  }

  private static boolean isRange(String text) {
    int slash = text.indexOf('/');
    try {
      InetAddress network = InetAddress.ofLiteral(slash < 0 ? text : text.substring(0, slash));
      int bits = slash < 0 ? 0 : Integer.parseInt(text.substring(slash + 1));
      return bits >= 0 && bits <= network.getAddress().length * Byte.SIZE;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
