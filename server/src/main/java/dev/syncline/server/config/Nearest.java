package dev.syncline.server.config;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Finds what somebody meant who wrote something else. */
final class Nearest {

  private Nearest() {}

  /**
   * The known name nearest to the given one, the first of several; empty if none is near. A name in
   * another section is near when its last part is.
   */
  static Optional<String> to(String name, List<String> known) {
    int limit = Math.max(2, name.length() / 3);
    return known.stream()
        .filter(candidate -> distance(name, candidate) <= limit)
        .min(Comparator.comparingInt(candidate -> distance(name, candidate)));
  }

  private static int distance(String name, String candidate) {
    String left = name.toLowerCase(Locale.ROOT);
    String right = candidate.toLowerCase(Locale.ROOT);
    String last = lastPart(left);
    int ofLastParts = edits(last, lastPart(right));
    int whole = edits(left, right);
    return ofLastParts <= Math.max(1, last.length() / 3) ? Math.min(whole, 1 + ofLastParts) : whole;
  }

  /** Keys have dots between their parts, variables underscores. */
  private static String lastPart(String key) {
    return key.substring(Math.max(key.lastIndexOf('.'), key.lastIndexOf('_')) + 1);
  }

  /** How many letters have to be put in, taken out, replaced or swapped with their neighbour. */
  private static int edits(String left, String right) {
    int[][] cost = new int[left.length() + 1][right.length() + 1];
    for (int i = 0; i <= left.length(); i++) {
      for (int j = 0; j <= right.length(); j++) {
        if (i == 0 || j == 0) {
          cost[i][j] = i + j;
          continue;
        }
        int replaced = left.charAt(i - 1) == right.charAt(j - 1) ? 0 : 1;
        cost[i][j] =
            Math.min(cost[i - 1][j - 1] + replaced, 1 + Math.min(cost[i - 1][j], cost[i][j - 1]));
        if (i > 1
            && j > 1
            && left.charAt(i - 1) == right.charAt(j - 2)
            && left.charAt(i - 2) == right.charAt(j - 1)) {
          cost[i][j] = Math.min(cost[i][j], cost[i - 2][j - 2] + 1);
        }
      }
    }
    return cost[left.length()][right.length()];
  }
}
