package dev.syncline.server.ledger.remote;

import dev.syncline.core.model.LinkName;
import dev.syncline.core.model.SyncException;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.Repository;

/**
 * One branch of one repository, and how to get at it.
 *
 * @param link whose it is
 * @param branch without {@code refs/heads/}
 * @param limits how long and how much the host may take
 */
public record RemoteSpec(
    LinkName link, RemoteUrl url, String branch, Credentials credentials, RemoteLimits limits) {

  public RemoteSpec {
    if (branch.startsWith("-")
        || branch.equals(Constants.HEAD)
        || branch.startsWith(Constants.R_REFS)
        || !Repository.isValidRefName(Constants.R_HEADS + branch)) {
      throw new SyncException.Invalid("no branch can be called \"" + branch + "\"");
    }
    switch (credentials) {
      case Credentials.None none -> {
        if (url.scheme() == RemoteUrl.Scheme.SSH) {
          throw new SyncException.Invalid(url + " needs a key: ssh knows no visitors");
        }
      }
      case Credentials.Token token -> {
        if (!url.isHttp()) {
          throw new SyncException.Invalid(url + " takes no token: tokens are for https");
        }
      }
      case Credentials.SshKey key -> {
        if (url.scheme() != RemoteUrl.Scheme.SSH) {
          throw new SyncException.Invalid(url + " takes no key: keys are for ssh");
        }
      }
    }
  }

  /** The branch as a host names it. */
  String remoteRef() {
    return Constants.R_HEADS + branch;
  }
}
