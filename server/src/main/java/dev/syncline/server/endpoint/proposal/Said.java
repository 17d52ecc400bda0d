package dev.syncline.server.endpoint.proposal;

import dev.syncline.core.port.PullRequests.Text;
import java.util.Optional;

/**
 * What a pull request says about a drift.
 *
 * @param title one line
 * @param around the body, where {@link ProposalText#DIFFERENCES} stands for the differences
 * @param body the differences, as far as the body has room
 * @param report all of it, if that is more
 * @param fingerprint of the drift
 */
record Said(String title, String around, Page body, Optional<String> report, String fingerprint) {

  private static final String ELSEWHERE =
      "all of it is under “Files changed”, and what `syncline reference diff` shows.";

  /**
   * As it is written on the host.
   *
   * @param address of the report; empty if it is nowhere
   * @param added which of the labels and people were added
   */
  Text text(Optional<String> address, Marker.Added added) {
    String rest = address.map(it -> "[the full report](" + it + ").").orElse(ELSEWHERE);
    return new Text(
        title,
        around.replace(ProposalText.DIFFERENCES, body.text(rest)).strip()
            + "\n\n"
            + Marker.of(fingerprint, added)
            + "\n");
  }

  /**
   * Whether a host that refused the report was told all of this: it is not asked again before there
   * is something else to say.
   */
  boolean isWithoutReport(Text there) {
    return report.isPresent() && isSame(there, text(Optional.empty(), Marker.added(there.body())));
  }

  /** Whether labels and people are to be added to a pull request that says something. */
  boolean isDue(Text there) {
    return switch (Marker.added(there.body())) {
      case ALL -> false;
      case NOT_YET -> true;
      case NOT_ALL -> !Marker.in(there.body()).equals(fingerprint);
    };
  }

  static boolean isSame(Text one, Text other) {
    return one.title().equals(other.title()) && plain(one.body()).equals(plain(other.body()));
  }

  /** Forges change line ends and blank ends. */
  private static String plain(String body) {
    return body.replace("\r\n", "\n").strip();
  }
}
