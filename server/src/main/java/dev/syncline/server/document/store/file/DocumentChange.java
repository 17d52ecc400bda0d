package dev.syncline.server.document.store.file;

import dev.syncline.core.model.DocumentId;
import java.util.List;
import java.util.OptionalLong;

/** What a checkpoint has to do to one document's file. Repeating it changes nothing. */
sealed interface DocumentChange {

  DocumentId document();

  long generation();

  /** The blocks belong into the file of this generation, each at its offset. */
  record Write(DocumentId document, long generation, List<Block> blocks) implements DocumentChange {
    /** Whether nothing of this generation comes before these blocks. */
    boolean isWhole() {
      return blocks.getFirst().offset() == DocumentFiles.START;
    }
  }

  /** No file of this generation or an older one may stay. */
  record Remove(DocumentId document, long generation) implements DocumentChange {}

  /** What to do with a file that is there already. */
  enum Step {
    /** Write into it. */
    KEEP,
    /** It is of an older generation, or nobody can tell: begin it anew. */
    RESTART,
    REMOVE,
    /** It is of a newer generation, which this change knows nothing of. */
    SKIP
  }

  /**
   * Decides by generations alone, so that the order in which changes are repeated after a crash
   * can't bring back a deleted document, nor lose a new one.
   *
   * @param found the file's generation; empty if its header can't be read
   */
  default Step step(OptionalLong found) {
    boolean newer = found.isPresent() && found.getAsLong() > generation();
    return switch (this) {
      case Write _ when newer -> Step.SKIP;
      case Write write ->
          found.isPresent() ? older(found.getAsLong()) : write.isWhole() ? Step.RESTART : Step.KEEP;
      case Remove _ -> newer ? Step.SKIP : Step.REMOVE;
    };
  }

  private Step older(long found) {
    return found < generation() ? Step.RESTART : Step.KEEP;
  }
}
