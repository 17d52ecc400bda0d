package dev.syncline.server.app.checkup;

import dev.syncline.core.model.ContentId;
import dev.syncline.core.model.FilePath;
import dev.syncline.core.model.FileVersion;
import dev.syncline.core.model.LinkName;
import dev.syncline.core.model.SyncException;
import dev.syncline.server.ledger.GitLedger;
import dev.syncline.server.ledger.LedgerSettings;
import dev.syncline.server.ledger.WholeFolder;
import dev.syncline.server.ledger.remote.FetchProgress;
import dev.syncline.server.ledger.remote.GitRemoteBranch;
import dev.syncline.server.ledger.remote.RemoteSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;

/** A branch elsewhere, fetched into an empty repository, so that only what it sends is seen. */
final class BranchPlace implements RoundTrip.ProbePlace {

  private final RemoteSpec spec;
  private final Path folder;
  private final GitLedger ledger;
  private final GitRemoteBranch branch;

  private BranchPlace(RemoteSpec spec, Path folder, GitLedger ledger) {
    this.spec = spec;
    this.folder = folder;
    this.ledger = ledger;
    this.branch = new GitRemoteBranch(ledger, spec, InstantSource.system(), FetchProgress.NONE);
  }

  static BranchPlace fresh(RemoteSpec spec) {
    try {
      Path folder = Files.createTempDirectory("syncline-doctor");
      return new BranchPlace(
          spec,
          folder,
          GitLedger.open(folder.resolve("fresh.git"), LedgerSettings.with(InstantSource.system())));
    } catch (IOException e) {
      throw new SyncException.Unavailable("no temporary folder can be made", e);
    }
  }

  @Override
  public String title() {
    return spec.link().value();
  }

  @Override
  public LinkName link() {
    return spec.link();
  }

  @Override
  public boolean sees(FilePath path) {
    return true; // a branch carries the whole history
  }

  @Override
  public Optional<ContentId> now(FilePath path) {
    return branch.fetch().flatMap(tip -> branch.files(tip).at(path)).map(FileVersion::content);
  }

  @Override
  public void close() {
    ledger.close();
    try {
      WholeFolder.remove(folder);
    } catch (IOException e) {
      throw new SyncException.Unavailable("can't remove " + folder + ": remove it by hand", e);
    }
  }
}
