package dev.syncline.server.archive;

import dev.syncline.core.model.SyncException;
import dev.syncline.core.model.WorkspaceName;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;

/** The workspaces of a server as a backup takes them. Thread-safe. */
public interface SavedWorkspaces {

  /** All that there are. */
  List<WorkspaceName> names();

  /** A workspace's file. */
  String text(WorkspaceName workspace);

  /**
   * Writes a workspace's ledger as one Git bundle.
   *
   * @throws SyncException.Unavailable if the workspace could not be started
   */
  void write(WorkspaceName workspace, OutputStream bundle) throws IOException;

  /** Adds a workspace; nothing if it is here already. */
  void restore(WorkspaceName workspace, String text, InputStream bundle) throws IOException;
}
