package dev.syncline.server.state;

import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.Optional;

/**
 * The process that has a data directory open, for commands that have something to ask of it.
 *
 * @param pid its process id, in its own container if it runs in one
 * @param url where its admin API answers; empty while it starts
 * @param adminToken the file that holds what the admin API wants to see
 */
public record RunningServer(
    long pid, Instant started, Optional<URI> url, Optional<Path> adminToken) {

  /** As "process 1234 (started …)". */
  public String describe() {
    return "process " + pid + " (started " + started + ")";
  }

  String text() {
    var text = new StringBuilder();
    text.append("# The Syncline server that has this data directory open\n");
    text.append("pid=").append(pid).append('\n');
    text.append("started=").append(started).append('\n');
    url.ifPresent(address -> text.append("url=").append(address).append('\n'));
    adminToken.ifPresent(file -> text.append("admin-token-file=").append(file).append('\n'));
    return text.toString();
  }

  /** Reads what {@link #text} wrote; empty if it is not that. */
  static Optional<RunningServer> parse(String text) {
    var values = new HashMap<String, String>();
    for (String line : text.split("\n", -1)) {
      int end = line.indexOf('=');
      if (end > 0) {
        values.put(line.substring(0, end), line.substring(end + 1));
      }
    }
    try {
      return Optional.of(
          new RunningServer(
              Long.parseLong(values.getOrDefault("pid", "")),
              Instant.parse(values.getOrDefault("started", "")),
              Optional.ofNullable(values.get("url")).map(URI::create),
              Optional.ofNullable(values.get("admin-token-file")).map(Path::of)));
    } catch (IllegalArgumentException | DateTimeParseException e) {
      return Optional.empty();
    }
  }
}
