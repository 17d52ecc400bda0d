package dev.syncline.server.workspace;

import dev.syncline.core.model.Finding;
import dev.syncline.core.model.LinkName;
import dev.syncline.core.model.WorkspaceName;
import dev.syncline.core.port.Journal;
import dev.syncline.core.port.Ledger;
import dev.syncline.server.config.WorkspaceSettings;
import java.nio.file.Path;
import java.util.List;

/** Makes the parts of a workspace that this package doesn't know. */
public interface Assembly {

  /** Reads a workspace's file. */
  WorkspaceSettings settings(WorkspaceName name, String text);

  /** Where a workspace's ledger is: mostly where they usually are. */
  Path place(WorkspaceSettings settings, Path usual);

  /** Opens a workspace's ledger, and makes it first if there is none. */
  Ledger ledger(WorkspaceSettings settings, Path folder);

  /** Looks at all that a workspace needs, and changes nothing. */
  List<Finding> examine(WorkspaceSettings settings, Ledger ledger);

  /** The journal of a workspace. */
  Journal journal(WorkspaceName name);

  /** One link, with its endpoint. */
  LinkPlan link(WorkspaceSettings settings, LinkName link, Ledger ledger);
}
