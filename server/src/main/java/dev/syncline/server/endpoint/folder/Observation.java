package dev.syncline.server.endpoint.folder;

import dev.syncline.core.model.ChangeMessage;
import dev.syncline.core.model.Changes;
import dev.syncline.core.model.FilePath;
import dev.syncline.core.model.Snapshot;
import dev.syncline.core.port.Edit;
import dev.syncline.core.port.Hints;
import dev.syncline.core.port.Observed;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One look at the folder. Used once, by the endpoint's caller. */
final class Observation {

  private final FolderSettings settings;
  private final FolderTree tree;
  private final KnownFolder known;
  private final Spelling spelling;
  private final KnownBase files;
  private final FolderScan scan;

  Observation(
      FolderSettings settings,
      FolderTree tree,
      KnownFolder known,
      Spelling spelling,
      IgnoreRules ignored,
      KnownBase files,
      FileReading reading) {
    this.settings = settings;
    this.tree = tree;
    this.known = known;
    this.spelling = spelling;
    this.files = files;
    this.scan =
        new FolderScan(
            tree,
            new ScanRules(spelling, ignored, known.foreign()),
            reading,
            new Allowance(settings.mostFiles(), settings.mostBytes()));
  }

  /** How many files were read. */
  long read() {
    return scan.findings().read().get();
  }

  /** Looks, and brings the index up to date. */
  Observed look(Snapshot base, Hints hints, InstantSource clock) throws IOException {
    boolean followed = known.follow(base);
    // Without an earlier base nobody knows what was below a hint: look everywhere.
    ScanScope scope =
        followed ? ScanScope.of(hints, tree, spelling, known.root()) : ScanScope.WHOLE;
    boolean remembered = !followed && !known.root().isEmpty();
    if (remembered) {
      known.compare(base);
      known.forgetWhatIsNotAgreed();
    }
    if (scope.isWhole()) {
      scan.everywhere(known);
    } else {
      scan.at(scope.targets(), known);
    }
    if (followed || remembered) {
      scan.findings().dropped().forEach(path -> known.dropped(path, files));
    } else {
      known.compare(base);
    }
    var differences = new Differences(known, scan.rules(), files, scan.findings());
    Changes changes = isAll() ? differences.all(scope) : differences.withoutRemovals(scope);
    Map<FilePath, String> unseen = scan.findings().unseen();
    return new Observed(
        changes.isEmpty() ? List.of() : List.of(edit(changes, clock)),
        unseen,
        Optional.empty(),
        Optional.empty(),
        isAll() ? Observed.Rest.NOTHING : Observed.Rest.MORE);
  }

  private boolean isAll() {
    return scan.findings().unread().get() == 0;
  }

  private Edit edit(Changes changes, InstantSource clock) {
    return new Edit(
        settings.author(),
        new ChangeTime(tree, known, spelling).of(changes, clock.instant()),
        ChangeMessage.of(changes),
        changes);
  }
}
