package dev.syncline.server.view;

import dev.syncline.core.flow.Health;
import dev.syncline.core.flow.Submission.Submitted;
import dev.syncline.core.model.Author;
import dev.syncline.core.model.CommitId;
import dev.syncline.core.model.ContentId;
import dev.syncline.core.model.FilePath;
import dev.syncline.core.model.FileVersion;
import dev.syncline.core.model.LinkName;
import dev.syncline.core.model.SyncException;
import dev.syncline.core.model.WorkspaceName;
import dev.syncline.core.port.Version;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;

/**
 * The files of workspaces, for apps that read and change them. Every method throws {@link
 * SyncException.Invalid} if there is no such workspace. Contents are opened and kept through {@link
 * Workspaces}. Thread-safe.
 */
public interface Files {

  /** A file as it is now; empty if there is none. */
  Optional<Entry> find(WorkspaceName workspace, FilePath path);

  /** How many bytes contents have; empty if they are not here. */
  OptionalLong size(WorkspaceName workspace, ContentId content);

  /** Some files, in the order of their paths. */
  List<Entry> list(WorkspaceName workspace, Page page);

  /** Makes all of these changes one version, or none of them. */
  Submitted submit(WorkspaceName workspace, Sent sent);

  /**
   * What is new.
   *
   * @param since the version that is known already; empty if none is
   */
  News news(WorkspaceName workspace, Optional<CommitId> since);

  /**
   * Tells that there may be news, until it is ended. May tell too often, and for a workspace that
   * is no more.
   *
   * @param listener called on any thread; must not block
   */
  Listening listen(WorkspaceName workspace, Runnable listener);

  /** What ends listening. */
  interface Listening extends AutoCloseable {
    @Override
    void close();
  }

  /**
   * Which files to list.
   *
   * @param folder only those in this folder, at any depth
   * @param after only those behind this path
   * @param limit at most so many
   * @param detail how much to say of each
   */
  record Page(Optional<FilePath> folder, Optional<FilePath> after, int limit, Detail detail) {}

  /** How much to say of a file. */
  enum Detail {
    /** What is in it. */
    CONTENT,
    /** Also who changed it last: the history is searched for each file, which takes time. */
    LAST_CHANGE
  }

  /**
   * A file.
   *
   * @param size in bytes
   * @param last the version that changed it last, if that was asked for
   */
  record Entry(FilePath path, FileVersion file, long size, Optional<Version> last) {}

  /**
   * Changes that somebody sends.
   *
   * @param files what each path becomes, its contents having been {@linkplain Workspaces#keep
   *     kept}; empty to delete it
   * @param base the version that they were decided on; empty for the newest
   * @param author who; empty if nobody knows
   * @param message what for
   */
  record Sent(
      SortedMap<FilePath, Optional<ContentId>> files,
      Optional<CommitId> base,
      Optional<Author> author,
      String message) {}

  /**
   * What is new.
   *
   * @param version the newest; empty if there is none yet
   * @param changed what changed since the version that was known
   * @param links how each link is
   */
  record News(Optional<CommitId> version, Changed changed, Map<LinkName, Health> links) {}

  /** Which files changed. */
  sealed interface Changed {
    /** These. */
    record Paths(List<FilePath> paths) implements Changed {}

    /** Nobody knows: the version that was known is none of this workspace. */
    record Unknown() implements Changed {}
  }
}
