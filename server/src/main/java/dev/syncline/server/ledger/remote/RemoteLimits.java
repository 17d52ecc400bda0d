package dev.syncline.server.ledger.remote;

import dev.syncline.core.model.SyncException;
import java.time.Duration;

/**
 * How long and how much a host may take of us.
 *
 * @param connect until a host has to have answered the phone
 * @param silence how long it may say nothing while we wait
 * @param packBytes the most that one fetch may bring, as it comes over the network
 * @param objectBytes the largest file, unpacked; has to fit in memory
 */
public record RemoteLimits(Duration connect, Duration silence, long packBytes, long objectBytes) {

  /** For hosts on the Internet. */
  public static final RemoteLimits USUAL =
      new RemoteLimits(Duration.ofSeconds(15), Duration.ofSeconds(90), 4L << 30, 100L << 20);

  public RemoteLimits {
    if (connect.toMillis() < 1
        || silence.toMillis() < 1
        || silence.compareTo(Duration.ofHours(1)) > 0
        || packBytes < 1
        || objectBytes < 1) {
      throw new SyncException.Invalid(
          "limits of a remote are above zero, and of silence at most an hour");
    }
  }
}
