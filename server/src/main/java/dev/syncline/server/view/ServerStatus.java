package dev.syncline.server.view;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How the server is, at one moment.
 *
 * @param version as released, such as {@code 0.1.0}
 * @param started when the process began
 * @param storage where documents are kept, for a person to read: {@code files in /var/lib/syncline}
 * @param storageProblem why nothing can be stored now, in a sentence that says what to do
 * @param lastProblem the newest thing that went wrong, though it may be over
 */
public record ServerStatus(
    String version,
    Instant started,
    Phase phase,
    String storage,
    Optional<String> storageProblem,
    Optional<Problem> lastProblem) {

  /** Where the process is in its life. */
  public enum Phase {
    STARTING,
    RUNNING,
    STOPPING
  }

  /** Something that went wrong, for a person to read. */
  public record Problem(Instant at, String sentence) {}

  /** Why no traffic should be sent here now, in sentences; empty if it should. */
  public List<String> notReady() {
    var reasons = new ArrayList<String>();
    switch (phase) {
      case STARTING -> reasons.add("The server is starting; ask again in a moment.");
      case STOPPING -> reasons.add("The server is stopping.");
      case RUNNING -> {}
    }
    storageProblem.ifPresent(problem -> reasons.add("Storage: " + problem));
    return List.copyOf(reasons);
  }
}
