package dev.syncline.server.view;

import dev.syncline.core.flow.Health;
import dev.syncline.core.merge.Conflict;
import dev.syncline.core.merge.Resolution;
import dev.syncline.core.model.Author;
import dev.syncline.core.model.CommitId;
import dev.syncline.core.model.ContentId;
import dev.syncline.core.model.FilePath;
import dev.syncline.core.model.FileVersion;
import dev.syncline.core.model.Finding;
import dev.syncline.core.model.LinkName;
import dev.syncline.core.model.RunId;
import dev.syncline.core.model.SyncException;
import dev.syncline.core.model.WorkspaceName;
import dev.syncline.core.plan.Plan;
import dev.syncline.core.plan.Run;
import dev.syncline.core.port.Version;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The workspaces, for people who look after them. Every method that names one throws {@link
 * SyncException.Invalid} if there is none of this name. Thread-safe.
 */
public interface Workspaces {

  /** Their names, in order. */
  List<WorkspaceName> names();

  /** How a workspace is. */
  Status status(WorkspaceName workspace);

  /**
   * Looks at all that a workspace needs: its folders, repositories elsewhere, this machine. Takes
   * seconds, and changes nothing.
   */
  List<Finding> examine(WorkspaceName workspace);

  /** A workspace's file. */
  String text(WorkspaceName workspace);

  /**
   * Adds a workspace, or changes it, and starts its links.
   *
   * @param text its file
   * @throws SyncException.Invalid if the text can't be used; then nothing changes
   */
  void put(WorkspaceName workspace, String text);

  /**
   * Stops a workspace and forgets its links. Its ledger and the files at its endpoints stay.
   *
   * @return where its ledger lies
   */
  String remove(WorkspaceName workspace);

  /** Stops a link, or all, or lets them go on. */
  void pause(WorkspaceName workspace, Optional<LinkName> link, Motion motion);

  /** Runs links until nothing more is to do by itself; then says how they are. */
  Status sync(WorkspaceName workspace, Optional<LinkName> link);

  /** What a run of a link would do now. */
  Plan preview(WorkspaceName workspace, LinkName link);

  /**
   * Lets a run go on that was held.
   *
   * @return whether one of this name is held
   */
  boolean approve(WorkspaceName workspace, RunId run);

  /** The newest runs that did something, newest first. */
  List<Run> runs(WorkspaceName workspace, int limit);

  /** The newest versions of all files, or of one, newest first. */
  List<Version> history(WorkspaceName workspace, Optional<FilePath> path, int limit);

  /**
   * Brings a file back as it was.
   *
   * @return the version that holds it now
   */
  CommitId restore(WorkspaceName workspace, FilePath path, CommitId version, Author author);

  /** The conflicts that wait, oldest first. */
  List<Conflict> conflicts(WorkspaceName workspace);

  /**
   * Answers a conflict.
   *
   * @param conflict as the person saw it
   * @return whether it was still as they saw it; if not, nothing is recorded
   */
  boolean resolve(WorkspaceName workspace, Conflict conflict, Resolution resolution, Author author);

  /** The contents of a version of a file, to be closed by the caller. */
  InputStream open(WorkspaceName workspace, FileVersion version);

  /**
   * Keeps contents for an answer that speaks of them; forgotten after a while if none does.
   *
   * @param of the file that they are for, if that is known already
   * @param size how many bytes {@code contents} gives
   * @throws IOException what {@code contents} throws, or that it gave more or fewer bytes
   * @throws SyncException.Invalid if that file is encrypted: its contents come from folders only
   */
  ContentId keep(WorkspaceName workspace, Optional<FilePath> of, long size, InputStream contents)
      throws IOException;

  /** Whether links move. */
  enum Motion {
    PAUSE,
    RESUME
  }

  /**
   * How a workspace is.
   *
   * @param workspace its name
   * @param version of its ledger; empty if it holds nothing yet
   * @param at when this was so
   * @param links how each is
   * @param conflicts how many wait
   */
  record Status(
      WorkspaceName workspace,
      Optional<CommitId> version,
      Instant at,
      Map<LinkName, LinkStatus> links,
      int conflicts) {}

  /**
   * How a link is.
   *
   * @param place what it joins to the ledger, for people
   * @param health how it is
   * @param last its last run
   * @param conflicts how many of it wait
   * @param pending how many files are known to have yet to be carried, one way or the other
   */
  record LinkStatus(String place, Health health, Optional<Run> last, int conflicts, int pending) {}
}
