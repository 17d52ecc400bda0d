package dev.syncline.server.ledger.remote;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.syncline.core.flow.Link;
import dev.syncline.core.flow.LinkRunner;
import dev.syncline.core.merge.Policies;
import dev.syncline.core.merge.Settlement;
import dev.syncline.core.model.Author;
import dev.syncline.core.model.Changes;
import dev.syncline.core.model.FileChange;
import dev.syncline.core.model.FilePath;
import dev.syncline.core.model.FileVersion;
import dev.syncline.core.model.PathMapping;
import dev.syncline.core.model.RunId;
import dev.syncline.core.plan.Direction;
import dev.syncline.core.plan.Planner;
import dev.syncline.core.plan.Run;
import dev.syncline.core.plan.Safeguard;
import dev.syncline.core.port.Edit;
import dev.syncline.core.port.Hints;
import dev.syncline.core.port.Recorded;
import dev.syncline.core.port.Recording;
import dev.syncline.server.endpoint.git.GitEndpoint;
import dev.syncline.testkit.workspace.MemoryJournal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * A link between a ledger and a remote branch, and somebody who works elsewhere in the workspace.
 */
final class LinkStage {

  private final RemoteStage stage;
  private final MemoryJournal journal = new MemoryJournal();
  private final Link link;
  private final LinkRunner runner;
  private int runs;

  LinkStage(RemoteStage stage, RemoteSpec spec) {
    this.stage = stage;
    var endpoint =
        new GitEndpoint(stage.branch(spec), () -> stage.ledger().base(spec.link()).tip());
    var waits = new Policies(List.of(), dispute -> new Settlement.Waits("both sides changed it"));
    var planner = new Planner(Direction.BOTH, waits, Safeguard.USUAL, "github");
    this.link = new Link(spec.link(), PathMapping.WHOLE, planner, endpoint);
    this.runner = new LinkRunner(stage.ledger(), journal, stage.clock());
  }

  Run run() {
    return runner.run(new RunId("run-" + runs++), link, new Hints.Everywhere());
  }

  /** A person approves what is held. */
  void approve(String fingerprint) {
    journal.approve(link.name(), fingerprint);
  }

  /** Somebody changes a file at another place of the workspace. */
  void edit(String path, String text) {
    FileVersion now =
        FileVersion.regular(stage.ledger().put(text.getBytes(StandardCharsets.UTF_8)));
    record(path, Optional.of(now));
  }

  void remove(String path) {
    record(path, Optional.empty());
  }

  private void record(String path, Optional<FileVersion> now) {
    var head = stage.ledger().head();
    var file = new FilePath(path);
    var byPath = new TreeMap<FilePath, FileChange>();
    FileChange.between(head.files().at(file), now).ifPresent(change -> byPath.put(file, change));
    var changes = new Changes(byPath);
    var edit =
        new Edit(
            new Author("Bert", "bert@example.org"),
            stage.clock().instant(),
            "edit " + path,
            changes);
    assertInstanceOf(
        Recorded.Committed.class,
        stage
            .ledger()
            .record(
                new Recording(
                    new RunId("edit-" + runs++),
                    head,
                    changes,
                    new Recording.Theirs.Edits(List.of(edit)),
                    Optional.empty(),
                    List.of(),
                    Set.of())));
  }
}
