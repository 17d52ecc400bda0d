package dev.syncline.core.port;

import dev.syncline.core.model.CommitId;
import dev.syncline.core.model.FilePath;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What an endpoint did.
 *
 * @param results one for each path that it was asked to change
 * @param tip its own version afterwards, if it keeps history and something was done
 * @param notes what people should know of it, a sentence each
 */
public record Applied(Map<FilePath, Result> results, Optional<CommitId> tip, List<String> notes) {

  /** How it ended for a path. */
  public sealed interface Result {

    /** The path holds what was wanted. */
    record Done() implements Result {}

    /** Somebody there has to agree first. Until then the path holds what it was seen to hold. */
    record Proposed() implements Result {}

    /** The path no longer held what it was seen to hold: observe again. Nothing was changed. */
    record Moved() implements Result {}

    /**
     * The endpoint can't hold this: nothing was changed, and trying again won't help.
     *
     * @param reason why, and what would help
     */
    record Refused(String reason) implements Result {}
  }

  public Applied {
    results = Map.copyOf(results);
    notes = List.copyOf(notes);
  }

  /** Without a word. */
  public Applied(Map<FilePath, Result> results, Optional<CommitId> tip) {
    this(results, tip, List.of());
  }

  public boolean isProposed(FilePath path) {
    return results.get(path) instanceof Result.Proposed;
  }

  public boolean isDone(FilePath path) {
    return results.get(path) instanceof Result.Done;
  }
}
