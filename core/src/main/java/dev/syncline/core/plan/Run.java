package dev.syncline.core.plan;

import dev.syncline.core.model.CommitId;
import dev.syncline.core.model.FilePath;
import dev.syncline.core.model.LinkName;
import dev.syncline.core.model.RunId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One execution for one link, as the journal keeps it.
 *
 * @param id its name
 * @param link whose
 * @param started when
 * @param took how long
 * @param outcome how it ended
 * @param work what it did
 */
public record Run(
    RunId id, LinkName link, Instant started, Duration took, Outcome outcome, Work work) {

  /**
   * What a run did.
   *
   * @param toLedger how many files changed in the ledger
   * @param toEndpoint how many files changed at the endpoint
   * @param version the ledger's version that both sides were brought to; empty if it has none
   * @param waiting how many conflicts wait
   * @param overruled versions that a policy set aside
   * @param problems files that could not be looked at or written, with the reason
   * @param reply what the endpoint answered
   */
  public record Work(
      int toLedger,
      int toEndpoint,
      Optional<CommitId> version,
      int waiting,
      List<Overruled> overruled,
      Map<FilePath, String> problems,
      Reply reply) {

    /** Nothing. */
    public static final Work NONE =
        new Work(0, 0, Optional.empty(), 0, List.of(), Map.of(), Reply.NONE);

    public Work {
      overruled = List.copyOf(overruled);
      problems = Map.copyOf(problems);
    }
  }

  /**
   * What an endpoint answered.
   *
   * @param proposed how many files wait for somebody's leave there
   * @param notes what people should know, a sentence each
   */
  public record Reply(int proposed, List<String> notes) {

    /** Nothing. */
    public static final Reply NONE = new Reply(0, List.of());

    public Reply {
      notes = List.copyOf(notes);
    }
  }

  /** The same with another outcome. */
  public Run endingIn(Outcome other) {
    return new Run(id, link, started, took, other, work);
  }
}
