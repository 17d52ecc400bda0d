package dev.syncline.server.config;

import java.util.Optional;

/**
 * A shared folder of a Relay Server, and the repository that it goes to.
 *
 * @param relay the relay's UUID, in lower case
 * @param folder the folder's UUID, in lower case
 * @param remote where it is pushed to, if anywhere
 */
public record Connector(String relay, String folder, Optional<Remote> remote) {

  /** The first line of workspaces that are made from a file, and go with it. */
  public static final String FROM_FILE =
      "From " + ConnectorFile.NAME + ": change it there, and start Syncline again.";

  /** A repository elsewhere. */
  public record Remote(String name, String url, String branch, String prefix) {}

  /** How the folder's workspace is called. */
  public String workspace() {
    return folder;
  }

  /** How the Relay Server calls the folder. */
  public String id() {
    return relay + "-" + folder;
  }

  /**
   * The folder's workspace, as its file describes it.
   *
   * @param head a comment for its first line
   */
  public String text(String head) {
    var text = new StringBuilder("# " + head + "\n");
    text.append("repository: " + Json.line("repos/" + relay + "/" + folder) + "\n");
    // A remote may have any name, and the folder's link takes another.
    String link = remote.filter(it -> it.name().equals("relay")).isPresent() ? "folder" : "relay";
    text.append("links:\n  " + link + ":\n    relay: " + id() + "\n");
    remote
        .map(Remote::prefix)
        .filter(prefix -> !prefix.isEmpty())
        .ifPresent(prefix -> text.append("    prefix: " + Json.line(prefix) + "\n"));
    remote.ifPresent(it -> {
      text.append("  " + it.name() + ":\n");
      text.append("    git: " + Json.line(it.url()) + "\n");
      text.append("    branch: " + Json.line(it.branch()) + "\n");
    });
    return text.toString();
  }
}
