package dev.syncline.server.ledger;

import dev.syncline.core.model.Author;
import dev.syncline.core.model.SyncException;
import java.time.InstantSource;
import java.util.Optional;
import org.eclipse.jgit.lib.Repository;

/**
 * How a ledger is kept.
 *
 * @param branch the branch that holds its history, without {@code refs/heads/}
 * @param committer whom its commits name as committer, and as author of what nobody made alone
 * @param clock when a commit was made
 * @param signer signs each commit, if they are signed
 * @param smallPacks how many packs may lie around before small ones are merged in the background
 */
public record LedgerSettings(
    String branch,
    Author committer,
    Optional<CommitSigner> signer,
    InstantSource clock,
    int smallPacks) {

  public LedgerSettings {
    if (!Repository.isValidRefName("refs/heads/" + branch)) {
      throw new SyncException.Invalid("\"" + branch + "\" can't name a branch");
    }
    if (smallPacks < 2) {
      throw new SyncException.Invalid("at least 2 packs have to be allowed, not " + smallPacks);
    }
  }

  /** Branch {@code main}, and commits by "Syncline". */
  public static LedgerSettings with(InstantSource clock) {
    return new LedgerSettings("main", new Author("Syncline", ""), Optional.empty(), clock, 32);
  }

  /** The branch's whole name. */
  String ref() {
    return "refs/heads/" + branch;
  }

  public LedgerSettings withBranch(String other) {
    return new LedgerSettings(other, committer, signer, clock, smallPacks);
  }

  public LedgerSettings withCommitter(Author other) {
    return new LedgerSettings(branch, other, signer, clock, smallPacks);
  }

  public LedgerSettings withSigner(CommitSigner other) {
    return new LedgerSettings(branch, committer, Optional.of(other), clock, smallPacks);
  }

  public LedgerSettings withSmallPacks(int other) {
    return new LedgerSettings(branch, committer, signer, clock, other);
  }
}
