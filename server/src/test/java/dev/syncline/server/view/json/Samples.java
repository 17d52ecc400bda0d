package dev.syncline.server.view.json;

import dev.syncline.core.flow.Health;
import dev.syncline.core.merge.Conflict;
import dev.syncline.core.merge.Side;
import dev.syncline.core.merge.ThreeWay;
import dev.syncline.core.model.Author;
import dev.syncline.core.model.Changes;
import dev.syncline.core.model.CommitId;
import dev.syncline.core.model.ContentId;
import dev.syncline.core.model.FileChange;
import dev.syncline.core.model.FileMode;
import dev.syncline.core.model.FilePath;
import dev.syncline.core.model.FileVersion;
import dev.syncline.core.model.LinkName;
import dev.syncline.core.model.RunId;
import dev.syncline.core.model.WorkspaceName;
import dev.syncline.core.plan.Outcome;
import dev.syncline.core.plan.Overruled;
import dev.syncline.core.plan.Plan;
import dev.syncline.core.plan.Proposal;
import dev.syncline.core.plan.Run;
import dev.syncline.core.port.Version;
import dev.syncline.server.view.Workspaces;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Values with every field and every kind that travels. */
public final class Samples {

  public static final Instant NOW = Instant.parse("2026-11-21T03:04:05.000000678Z");
  public static final CommitId VERSION = new CommitId("0123456789".repeat(4));
  public static final Author ADA = new Author("Ada Lovelace", "ada@example.org");
  public static final FilePath PLAIN = new FilePath("plans/Übersicht & 100 %.md");

  /** A name that is no UTF-8: the byte FF. */
  public static final FilePath ODD = new FilePath("odd/\uDCFFname");

  private Samples() {}

  public static FileVersion file(String contents) {
    return FileVersion.regular(id(contents));
  }

  public static ContentId id(String contents) {
    return ContentId.ofContents(contents.getBytes(StandardCharsets.UTF_8));
  }

  /** A run of each outcome. */
  public static List<Run> runs() {
    return List.of(
            new Outcome.Equal(),
            new Outcome.Again("the ledger moved meanwhile"),
            new Outcome.Held("30 files would be deleted", "f1"),
            new Outcome.Unavailable("down", Optional.of(NOW)),
            new Outcome.Unavailable("down", Optional.empty()),
            new Outcome.Denied("wrong key"),
            new Outcome.Invalid("no such branch"),
            new Outcome.Halted("damaged"))
        .stream()
        .map(Samples::run)
        .toList();
  }

  private static Run run(Outcome outcome) {
    var work =
        new Run.Work(
            3,
            4,
            Optional.of(VERSION),
            2,
            List.of(
                new Overruled(PLAIN, Side.OURS, Optional.of(file("a"))),
                new Overruled(ODD, Side.THEIRS, Optional.empty())),
            Map.of(PLAIN, "too long", ODD, "not allowed"),
            new Run.Reply(5, List.of("proposed in https://git.example.org/a/b/pull/7")));
    return new Run(
        new RunId("20261121-030405-abcde"),
        new LinkName("laptop"),
        NOW,
        Duration.ofNanos(1_234_567_891L),
        outcome,
        outcome instanceof Outcome.Equal ? work : Run.Work.NONE);
  }

  /** A plan that does everything. */
  public static List<Plan> plans() {
    var changes =
        Changes.of(
            Map.of(
                PLAIN,
                new FileChange.Added(file("a")),
                ODD,
                new FileChange.Modified(file("a"), file("b")),
                new FilePath("run.sh"),
                new FileChange.Removed(new FileVersion(id("c"), FileMode.EXECUTABLE))));
    var proposal =
        new Proposal(
            changes,
            changes.reversed(),
            Map.of(),
            Map.of(PLAIN, new Proposal.Waiting(sides(), "both sides changed the same lines")),
            Set.of(ODD),
            List.of(new Overruled(ODD, Side.OURS, Optional.of(file("b")))),
            Set.of(PLAIN, ODD));
    return List.of(new Plan.Proceed(proposal), new Plan.Hold(proposal, "too much would go", "abc"));
  }

  private static ThreeWay sides() {
    return new ThreeWay(
        Optional.empty(),
        Optional.of(file("ours")),
        Optional.of(new FileVersion(id("theirs"), FileMode.SYMLINK)));
  }

  public static Conflict conflict() {
    return new Conflict(
        new LinkName("laptop"), PLAIN, sides(), "both changed it", NOW, new Author("bob", ""));
  }

  public static Version version() {
    return new Version(
        VERSION, ADA, NOW, "Plan the day\n\nAnd \"more\".", Map.of("Syncline-Run", "x"));
  }

  /** Links in every condition. */
  public static Workspaces.Status status() {
    var links = new LinkedHashMap<LinkName, Workspaces.LinkStatus>();
    int failures = 0;
    for (Health.Condition condition : Health.Condition.values()) {
      links.put(
          new LinkName(Fields.name(condition)),
          new Workspaces.LinkStatus(
              "/home/ada/notes",
              new Health(
                  condition,
                  "it has its reasons",
                  failures++,
                  2,
                  Optional.of(NOW),
                  Optional.of(NOW.minusSeconds(1)),
                  Optional.of(NOW.minusSeconds(2)),
                  Optional.of(NOW.minusSeconds(3)),
                  new Health.Totals(10, 3, 2, Duration.ofNanos(7_000_000_001L))),
              Optional.of(runs().getFirst()),
              5,
              7));
    }
    links.put(
        new LinkName("a.new-one"),
        new Workspaces.LinkStatus("somewhere", Health.NEW, Optional.empty(), 0, 0));
    return new Workspaces.Status(new WorkspaceName("notes"), Optional.of(VERSION), NOW, links, 5);
  }
}
