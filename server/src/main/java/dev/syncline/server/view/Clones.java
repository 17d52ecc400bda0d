package dev.syncline.server.view;

import dev.syncline.core.model.SyncException;
import dev.syncline.core.model.WorkspaceName;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;

/**
 * Gives Git clients the history of workspaces, to read: the two halves of Git's smart HTTP protocol
 * (gitprotocol-http). Thread-safe; may block.
 *
 * <p>In both, {@code protocol} are the parts of the client's header Git-Protocol. Both fail with
 * {@link SyncException.Invalid} if there is no such workspace, before they write.
 */
public interface Clones {

  /** Says which branches there are, or, to a client of version 2, what it may ask. */
  void advertise(WorkspaceName workspace, List<String> protocol, OutputStream out)
      throws IOException;

  /** Answers what a client asks: a list of branches, what both have, a pack of what it lacks. */
  void upload(WorkspaceName workspace, List<String> protocol, InputStream request, OutputStream out)
      throws IOException;
}
