package dev.syncline.core.port;

import dev.syncline.core.model.CommitId;
import dev.syncline.core.model.ContentId;
import dev.syncline.core.model.FilePath;
import dev.syncline.core.model.FileVersion;
import dev.syncline.core.model.Snapshot;
import dev.syncline.core.model.SyncException;
import dev.syncline.core.port.RemoteBranch.Pushed;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A branch of a repository elsewhere, and beside it one in which changes to it are proposed. Only
 * what is asked for is fetched, never the repository's whole history or contents, and none of it
 * becomes part of the ledger's history.
 *
 * <p>Every method that reaches the host throws {@link SyncException.Unavailable} if it can't be
 * reached or asks to wait, and {@link SyncException.Denied} if it doesn't accept the credentials.
 * Calls must not overlap.
 */
public interface ProposalBranch extends AutoCloseable {

  /** What is written there. */
  enum Place {
    /** The branch of proposals. */
    PROPOSALS,
    /** What a proposal's text has no room for: a commit by itself, which is on no branch. */
    REPORT
  }

  /**
   * Where all of it is.
   *
   * @param base the newest commit of the branch that changes are proposed to; empty if it is gone
   * @param proposed the newest commit of the other; empty if there is none
   * @param report the commit of the report; empty if there is none
   */
  record Tips(Optional<CommitId> base, Optional<CommitId> proposed, Optional<CommitId> report) {}

  /**
   * What becomes of one.
   *
   * @param expected what it is; empty if there is none
   * @param commit what it shall be; empty to remove it
   */
  record Move(Place place, Optional<CommitId> expected, Optional<CommitId> commit) {}

  /**
   * A commit to be made.
   *
   * @param base whose files it changes
   * @param files what they become, by path; empty where a file is deleted
   * @param parents in order
   * @param message its subject and body
   * @param trailers names and values of its last lines, in order
   */
  record Draft(
      CommitId base,
      Map<FilePath, Optional<FileVersion>> files,
      List<CommitId> parents,
      String message,
      Map<String, String> trailers) {
    public Draft {
      files = Map.copyOf(files);
      parents = List.copyOf(parents);
    }

    /** The whole text of the commit. */
    public String text() {
      var text = new StringBuilder(message.strip()).append("\n\n");
      trailers.forEach((name, value) -> text.append(name).append(": ").append(value).append('\n'));
      return text.toString();
    }
  }

  /** Asks where all of it is, and brings the names of the branches' files. */
  Tips look();

  /** The files of a commit that a look brought; their contents may still be elsewhere. */
  Snapshot files(CommitId commit);

  /** A commit that a look brought, as people look at it. */
  Version version(CommitId commit);

  /**
   * Who changed a file last.
   *
   * @param newest look from this commit back
   * @param since as far as this one, if it was brought by an earlier look
   * @return the newest commit that changed the file, or else {@code newest}
   */
  Version lastChange(CommitId newest, Optional<CommitId> since, FilePath path);

  /**
   * Our newest commit below the newest one of the branch of proposals, for when somebody committed
   * on top of it. A bounded part of what was before is brought, if it is not here.
   *
   * @param tips as they were seen
   * @param trailer what the last lines of our commits have
   * @return empty if there is none within that, or the base has it: then it is of another proposal
   */
  Optional<CommitId> below(Tips tips, String trailer);

  /** Brings the contents of files. */
  void bring(Set<ContentId> contents, Contents into);

  /**
   * Whether a commit certainly isn't among another one and those before it; false also if that
   * can't be told from what was brought.
   */
  boolean isWithout(CommitId newest, CommitId commit);

  /** Makes a commit here; nobody else sees it yet. */
  CommitId commit(Draft draft, Contents from);

  /** Makes a commit of one file here, without parents and without a time: the same for the same. */
  CommitId report(String file, byte[] text);

  /**
   * Moves what is as it is expected to be, all in one go. A host may take one and not the other.
   *
   * @return how each ended
   */
  Map<Place, Pushed> push(List<Move> moves);

  @Override
  void close();
}
