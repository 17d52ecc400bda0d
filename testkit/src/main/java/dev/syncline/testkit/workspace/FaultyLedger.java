package dev.syncline.testkit.workspace;

import dev.syncline.core.merge.Conflict;
import dev.syncline.core.model.Base;
import dev.syncline.core.model.CommitId;
import dev.syncline.core.model.ContentId;
import dev.syncline.core.model.FilePath;
import dev.syncline.core.model.LinkName;
import dev.syncline.core.model.Snapshot;
import dev.syncline.core.port.Head;
import dev.syncline.core.port.Ledger;
import dev.syncline.core.port.Recorded;
import dev.syncline.core.port.Recording;
import dev.syncline.core.port.Version;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A ledger with a step before and after everything that changes it.
 *
 * @param ledger the ledger
 * @param faults what happens at the steps
 * @param recorded hears of what was recorded
 */
record FaultyLedger(Ledger ledger, Faults faults, Consumer<Recording> recorded) implements Ledger {

  @Override
  public Head head() {
    return ledger.head();
  }

  @Override
  public Snapshot at(CommitId version) {
    return ledger.at(version);
  }

  @Override
  public Base base(LinkName link) {
    return ledger.base(link);
  }

  @Override
  public Recorded record(Recording recording) {
    faults.step();
    Recorded answer = ledger.record(recording);
    if (answer instanceof Recorded.Committed) {
      recorded.accept(recording);
    }
    faults.step();
    return answer;
  }

  @Override
  public List<Conflict> conflicts() {
    return ledger.conflicts();
  }

  @Override
  public void forget(LinkName link) {
    ledger.forget(link);
  }

  @Override
  public List<Version> history(Optional<FilePath> path, Optional<CommitId> from, int limit) {
    return ledger.history(path, from, limit);
  }

  @Override
  public InputStream open(ContentId id) {
    return ledger.open(id);
  }

  @Override
  public long size(ContentId id) {
    return ledger.size(id);
  }

  @Override
  public ContentId put(long size, InputStream in) throws IOException {
    return ledger.put(size, in);
  }

  @Override
  public void close() {
    ledger.close();
  }
}
