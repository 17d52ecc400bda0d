package dev.syncline.server.view;

import dev.syncline.core.model.LinkName;
import dev.syncline.core.model.SyncException;
import dev.syncline.core.model.WorkspaceName;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Takes the news that a repository elsewhere may have changed. Every method throws {@link
 * SyncException.Invalid} if there is no such workspace. Thread-safe.
 */
public interface Signals {

  /** The links to repositories elsewhere, each with what its host signs messages with. */
  List<Source> sources(WorkspaceName workspace);

  /**
   * Those of these links that pass look at their repositories soon. Returns at once; many signals
   * cause one look.
   *
   * @return which
   */
  List<LinkName> signal(WorkspaceName workspace, Predicate<LinkName> wanted);

  /**
   * A link to a repository elsewhere.
   *
   * @param key a secret: not to be logged; empty if the host signs nothing
   */
  record Source(LinkName link, Optional<byte[]> key) {}
}
