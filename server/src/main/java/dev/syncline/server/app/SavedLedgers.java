package dev.syncline.server.app;

import dev.syncline.core.model.WorkspaceName;
import dev.syncline.server.archive.SavedWorkspaces;
import dev.syncline.server.ledger.GitLedger;
import dev.syncline.server.ledger.LedgerBundle;
import dev.syncline.server.ledger.LedgerSettings;
import dev.syncline.server.workspace.LiveWorkspaces;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.InstantSource;
import java.util.List;

/** Gives a backup the workspaces that are live, and makes them of one. Thread-safe. */
record SavedLedgers(LiveWorkspaces workspaces, InstantSource clock) implements SavedWorkspaces {

  @Override
  public List<WorkspaceName> names() {
    return workspaces.names();
  }

  @Override
  public String text(WorkspaceName workspace) {
    return workspaces.text(workspace);
  }

  @Override
  public void write(WorkspaceName workspace, OutputStream bundle) throws IOException {
    ((GitLedger) workspaces.ledger(workspace)).bundle(bundle);
  }

  @Override
  public void restore(WorkspaceName workspace, String text, InputStream bundle) throws IOException {
    if (!names().contains(workspace)) {
      LedgerBundle.restore(bundle, workspaces.folder(workspace, text), LedgerSettings.with(clock));
      workspaces.put(workspace, text);
    }
  }
}
