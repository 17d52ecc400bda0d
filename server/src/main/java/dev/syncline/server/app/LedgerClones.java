package dev.syncline.server.app;

import dev.syncline.core.model.WorkspaceName;
import dev.syncline.server.ledger.GitLedger;
import dev.syncline.server.ledger.Uploads;
import dev.syncline.server.view.Clones;
import dev.syncline.server.workspace.LiveWorkspaces;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;

/** Gives Git clients the ledgers of live workspaces. Thread-safe. */
public record LedgerClones(LiveWorkspaces workspaces) implements Clones {

  @Override
  public void advertise(WorkspaceName workspace, List<String> protocol, OutputStream out)
      throws IOException {
    uploads(workspace).advertise(protocol, out);
  }

  @Override
  public void upload(
      WorkspaceName workspace, List<String> protocol, InputStream request, OutputStream out)
      throws IOException {
    uploads(workspace).upload(protocol, request, out);
  }

  private Uploads uploads(WorkspaceName workspace) {
    return ((GitLedger) workspaces.ledger(workspace)).uploads();
  }
}
