package dev.syncline.server.config;

import dev.syncline.core.model.PathMapping;
import dev.syncline.core.plan.Direction;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * One link of a workspace, as its file describes it.
 *
 * @param place what it joins to the ledger
 * @param direction which way changes go
 * @param mapping which files it sees
 * @param reconcile how often it looks everywhere, whatever it was told
 */
public record LinkSettings(
    Place place, Direction direction, PathMapping mapping, Duration reconcile) {

  /**
   * A folder is compared with the ledger this often, a branch fetched this often, if nobody asks.
   */
  public static final Duration FOLDER_RECONCILE = Duration.ofMinutes(15);

  /** Changes of a folder wait this long for more of them. */
  public static final Duration FOLDER_QUIET = Duration.ofMillis(20);

  /** How often all documents of a shared folder are read if nobody asks. */
  public static final Duration RELAY_RECONCILE = Duration.ofHours(1);

  /** How often a JSON API is read if nobody asks. */
  public static final Duration API_RECONCILE = Duration.ofMinutes(15);

  /** How often a branch is fetched if nobody says that it moved. */
  public static final Duration GIT_RECONCILE = Duration.ofMinutes(1);

  /** How often a branch that takes pull requests is looked at if nobody says that it moved. */
  public static final Duration REVIEWED_RECONCILE = Duration.ofMinutes(5);

  /** The same with other files that it sees. */
  LinkSettings seeing(PathMapping other) {
    return new LinkSettings(place, direction, other, reconcile);
  }

  /** Where a link leads. */
  public sealed interface Place {

    /** What it is, for people. */
    default String described() {
      return switch (this) {
        case Folder folder -> folder.path().toString();
        case Branch branch -> branch.url() + " " + branch.branch();
        case Reviewed(Branch branch, var _) -> "pull requests to " + branch.described();
        case Shared shared -> "shared folder " + shared.id();
        case Api(ApiSettings api) -> api.base().toString();
      };
    }

    /**
     * A folder of this machine.
     *
     * @param path absolute
     * @param quiet how long nothing happens there before its changes are looked at
     */
    record Folder(Path path, Duration quiet) implements Place {}

    /**
     * A branch of a repository elsewhere.
     *
     * @param url of the repository, without credentials
     * @param branch its name
     * @param access what to show to the host
     * @param webhook what the host signs its messages with, if it sends some
     */
    record Branch(String url, String branch, Access access, Optional<Secret> webhook)
        implements Place {}

    /**
     * A shared folder of a Relay Server.
     *
     * @param id the ids of its relay and its own, with a hyphen between them
     * @param server where it is; the one of the configuration if empty
     * @param key what is shown to the server; the one of the configuration if empty
     * @param rhythm when there are commits
     * @param message the subject of commits
     * @param events how one hears of changes
     */
    record Shared(
        String id,
        Optional<URI> server,
        Optional<Secret> key,
        Rhythm rhythm,
        Optional<String> message,
        Events events)
        implements Place {}

    /**
     * A branch elsewhere that takes changes by pull request only.
     *
     * @param branch that changes are proposed to
     */
    record Reviewed(Branch branch, PullRequestSettings requests) implements Place {}

    /** A JSON API. */
    record Api(ApiSettings api) implements Place {}
  }

  /**
   * When what people type becomes a commit. What is empty is as the configuration says.
   *
   * @param quiet when nobody has typed for so long
   * @param interval after so long even if people go on typing
   */
  public record Rhythm(Optional<Duration> quiet, Optional<Duration> interval) {}

  /** How one hears of changes to a shared folder. */
  public enum Events {
    /** The server sends webhooks. */
    WEBHOOK,
    /** We hold a WebSocket open to the server. */
    WEBSOCKET
  }

  /** How a repository's host knows us. */
  public sealed interface Access {

    /** It lets everybody in, or is a folder of this machine. */
    record Open() implements Access {}

    /**
     * A name and a token.
     *
     * @param user most hosts take any
     * @param token read again each time
     */
    record Token(String user, Secret token) implements Access {}

    /**
     * A GitHub App that was installed for the repository.
     *
     * @param id its client id or number
     * @param installation the number of its installation; looked up if empty
     * @param key its private key
     * @param api of GitHub, if it is not where it usually is for the repository's host
     */
    record App(String id, Optional<Long> installation, Secret key, Optional<URI> api)
        implements Access {}

    /**
     * A key for SSH.
     *
     * @param key file of the private key
     * @param passphrase of the key, if it has one
     */
    record Key(Path key, Optional<Secret> passphrase) implements Access {}
  }
}
