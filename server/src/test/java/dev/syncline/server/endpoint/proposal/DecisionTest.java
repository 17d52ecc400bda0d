package dev.syncline.server.endpoint.proposal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.syncline.core.model.CommitId;
import dev.syncline.core.model.FilePath;
import dev.syncline.core.port.PullRequests.PullRequest;
import dev.syncline.core.port.PullRequests.State;
import dev.syncline.core.port.PullRequests.Text;
import dev.syncline.core.records.Differences;
import dev.syncline.server.endpoint.proposal.Drift.FileDrift;
import dev.syncline.server.endpoint.proposal.Standing.Branch;
import dev.syncline.server.endpoint.proposal.Standing.Ground;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The next step, for each way in which things can stand. */
final class DecisionTest {

  private static final CommitId BASE = new CommitId("ba".repeat(20));
  private static final CommitId TIP = new CommitId("17".repeat(20));
  private static final String RIGHT = "right";
  private static final String WRONG = "wrong";
  private static final Drift NONE = new Drift(new TreeMap<>());
  private static final Drift SOME =
      new Drift(
          new TreeMap<>(Map.of(new FilePath("a.json"), new FileDrift.Whole("another text", "1"))));
  private static final Branch GONE = new Branch.None();
  private static final Branch THEIRS = new Branch.Theirs(TIP, "Anna");

  @Test
  void withoutDriftAndWithoutARequestNothingIsDone() {
    for (Branch branch : List.of(GONE, THEIRS, ours(RIGHT, Ground.NEWEST))) {
      for (var request :
          List.<Optional<PullRequest>>of(
              Optional.empty(), request(State.MERGED), request(State.CLOSED))) {
        assertEquals(new Step.Nothing(Optional.empty()), step(NONE, branch, request));
      }
    }
  }

  @Test
  void withoutDriftAnOpenRequestIsClosed() {
    var open = request(State.OPEN);
    assertEquals(
        new Step.Close(open.orElseThrow(), Optional.of(TIP)),
        step(NONE, ours(WRONG, Ground.NEWEST), open));
    assertEquals(new Step.Close(open.orElseThrow(), Optional.empty()), step(NONE, GONE, open));
    assertEquals(
        new Step.Tell(open.orElseThrow(), new Branch.Theirs(TIP, "Anna")),
        step(NONE, THEIRS, open),
        "but not with people's commits on it");
  }

  @Test
  void driftThatIsProposedAlreadyIsNotCommittedAgain() {
    var open = request(State.OPEN);
    assertEquals(new Step.Edit(open.orElseThrow()), step(SOME, ours(RIGHT, Ground.NEWEST), open));
    assertEquals(
        new Step.Edit(open.orElseThrow()),
        step(SOME, ours(RIGHT, Ground.OLDER), open),
        "also when the base moved in other files");
  }

  @Test
  void driftThatChangedIsAnotherCommit() {
    var open = request(State.OPEN);
    assertEquals(
        new Step.Commit(Optional.of(TIP), List.of(TIP), open),
        step(SOME, ours(WRONG, Ground.NEWEST), open));
    assertEquals(
        new Step.Commit(Optional.of(TIP), List.of(TIP, BASE), open),
        step(SOME, ours(WRONG, Ground.OLDER), open),
        "which takes in what the base became");
    assertEquals(new Step.Commit(Optional.empty(), List.of(BASE), open), step(SOME, GONE, open));
  }

  @Test
  void peoplesCommitsAreLeftToThem() {
    var open = request(State.OPEN);
    assertEquals(
        new Step.Tell(open.orElseThrow(), new Branch.Theirs(TIP, "Anna")),
        step(SOME, THEIRS, open));
    for (var request :
        List.<Optional<PullRequest>>of(
            Optional.empty(), request(State.MERGED), request(State.CLOSED))) {
      assertInstanceOf(Step.Nothing.class, step(SOME, THEIRS, request));
    }
  }

  @Test
  void whatWasTakenOutOfTheBaseIsLeftBehind() {
    var open = request(State.OPEN);
    for (String files : List.of(RIGHT, WRONG)) {
      assertEquals(
          new Step.Commit(Optional.of(TIP), List.of(BASE), open),
          step(SOME, ours(files, Ground.GONE), open));
    }
  }

  @Test
  void whatWasMergedAsItIsBeginsAnewWhoeverCommittedToIt() {
    var merged = ended(State.MERGED, TIP, "words");
    for (Branch branch : List.of(THEIRS, ours(WRONG, Ground.OLDER))) {
      assertEquals(
          new Step.Commit(Optional.of(TIP), List.of(BASE), Optional.empty()),
          step(SOME, branch, merged));
    }
    assertInstanceOf(
        Step.Nothing.class,
        step(SOME, THEIRS, ended(State.MERGED, BASE, "words")),
        "but not if somebody added to it");
    assertInstanceOf(Step.Nothing.class, step(SOME, THEIRS, ended(State.CLOSED, TIP, "words")));
  }

  @Test
  void whatWeLeftWhenWeClosedARequestIsRemoved() {
    var ours = ours(WRONG, Ground.OLDER);
    assertEquals(new Step.Remove(TIP), step(NONE, ours, ended(State.CLOSED, TIP, "words")));
    for (var request :
        List.<Optional<PullRequest>>of(
            ended(State.CLOSED, BASE, "words"),
            ended(State.MERGED, TIP, "words"),
            ended(State.CLOSED, TIP, "declined\n" + Marker.of("0f")),
            request(State.CLOSED))) {
      assertEquals(new Step.Nothing(Optional.empty()), step(NONE, ours, request));
    }
    for (Branch branch : List.of(GONE, THEIRS)) {
      assertEquals(
          new Step.Nothing(Optional.empty()),
          step(NONE, branch, ended(State.CLOSED, TIP, "words")));
    }
  }

  @Test
  void newDriftBeginsAnew() {
    for (var request : List.<Optional<PullRequest>>of(Optional.empty(), request(State.MERGED))) {
      assertEquals(
          new Step.Commit(Optional.empty(), List.of(BASE), Optional.empty()),
          step(SOME, GONE, request));
      assertEquals(
          new Step.Commit(Optional.of(TIP), List.of(BASE), Optional.empty()),
          step(SOME, ours(WRONG, Ground.NEWEST), request));
      assertEquals(
          new Step.Open(),
          step(SOME, ours(RIGHT, Ground.NEWEST), request),
          "an opening that was cut short");
    }
  }

  @Test
  void whatPeopleDeclinedComesAgainOnlyWhenItChanges() {
    assertInstanceOf(Step.Nothing.class, step(SOME, GONE, closed(SOME.fingerprint())));
    assertInstanceOf(
        Step.Nothing.class, step(SOME, ours(RIGHT, Ground.NEWEST), closed(SOME.fingerprint())));
    assertInstanceOf(Step.Commit.class, step(SOME, GONE, closed("0f")));
  }

  @Test
  void fewDifferencesWait() {
    var decision = new Decision(new Threshold(2, Map.of()));
    var standing = new Standing(BASE, GONE, Optional.empty());
    assertEquals(
        nothing("1 record differs: a pull request is opened once 2 do"),
        decision.step(SOME, RIGHT, standing));
    var open = new Standing(BASE, ours(WRONG, Ground.NEWEST), request(State.OPEN));
    assertInstanceOf(
        Step.Commit.class, decision.step(SOME, RIGHT, open), "but one that is open is kept right");
  }

  @Test
  void aFileBelowItsOwnThresholdDoesNotCount() {
    Drift drift = records(Map.of("a.json", 3, "b.json", 2));
    var standing = new Standing(BASE, GONE, Optional.empty());
    assertEquals(
        nothing("a.json: 3 records differ, and 4 are waited for"),
        fewest(1, Map.of("a.json", 4)).step(records(Map.of("a.json", 3)), RIGHT, standing));
    assertEquals(
        nothing(
            "2 records differ: a pull request is opened once 3 do; a.json: 3 records differ, and 4"
                + " are waited for"),
        fewest(3, Map.of("a.json", 4)).step(drift, RIGHT, standing));
    assertInstanceOf(
        Step.Commit.class, fewest(2, Map.of("a.json", 4)).step(drift, RIGHT, standing));
    assertInstanceOf(
        Step.Commit.class,
        fewest(5, Map.of("a.json", 3, "b.json", 2)).step(drift, RIGHT, standing));
    assertInstanceOf(
        Step.Commit.class,
        fewest(1, Map.of("a.json", 4)).step(SOME, RIGHT, standing),
        "a file that differs as a whole counts");
    var open = new Standing(BASE, ours(WRONG, Ground.NEWEST), request(State.OPEN));
    assertInstanceOf(
        Step.Commit.class,
        fewest(1, Map.of("a.json", 4, "b.json", 4)).step(drift, RIGHT, open),
        "one that is open follows all of it");
  }

  private static Decision fewest(int inAll, Map<String, Integer> byFile) {
    var paths = new TreeMap<FilePath, Integer>();
    byFile.forEach((file, fewest) -> paths.put(new FilePath(file), fewest));
    return new Decision(new Threshold(inAll, paths));
  }

  private static Drift records(Map<String, Integer> changed) {
    var files = new TreeMap<FilePath, FileDrift>();
    changed.forEach((file, count) -> {
      var counts = new Differences.Counts(0, 0, count);
      files.put(new FilePath(file), new FileDrift.Records(counts, "print"));
    });
    return new Drift(files);
  }

  private static Step nothing(String why) {
    return new Step.Nothing(Optional.of(why));
  }

  private static Step step(Drift drift, Branch branch, Optional<PullRequest> request) {
    return new Decision(new Threshold(1, Map.of()))
        .step(drift, RIGHT, new Standing(BASE, branch, request));
  }

  private static Branch ours(String files, Ground ground) {
    return new Branch.Ours(TIP, ground, files);
  }

  private static Optional<PullRequest> request(State state) {
    return request(state, "words");
  }

  private static Optional<PullRequest> closed(String fingerprint) {
    return request(State.CLOSED, "words\n" + Marker.of(fingerprint));
  }

  private static Optional<PullRequest> request(State state, String body) {
    return request(state, Optional.empty(), body);
  }

  private static Optional<PullRequest> ended(State state, CommitId head, String body) {
    return request(state, Optional.of(head), body);
  }

  private static Optional<PullRequest> request(State state, Optional<CommitId> head, String body) {
    return Optional.of(
        new PullRequest(7, "https://git.example.org/7", state, head, new Text("title", body)));
  }
}
