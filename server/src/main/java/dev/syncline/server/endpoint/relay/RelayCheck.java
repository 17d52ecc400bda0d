package dev.syncline.server.endpoint.relay;

import dev.syncline.core.model.Finding;
import dev.syncline.core.model.SyncException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Tries out what a link to a shared folder needs; changes nothing. */
public final class RelayCheck {

  private RelayCheck() {}

  /** Asks a server for a folder. */
  public static List<Finding> of(RelayServer server, RelayId folder) {
    Optional<FolderListing> listing;
    try {
      listing = FolderListing.read(folder.relay(), server.document(folder));
    } catch (SyncException.Denied e) {
      return List.of(
          Finding.wrong(
              "key",
              String.valueOf(e.getMessage()),
              "Set relay.key (RELAY_SERVER_API_KEY), or key-file of the link."));
    } catch (SyncException e) {
      return List.of(
          Finding.wrong(
              "server",
              String.valueOf(e.getMessage()),
              "Open " + server + "/ready in a browser: it has to say {\"ok\":true}."));
    }
    var findings = new ArrayList<Finding>();
    findings.add(Finding.ok("server", "the Relay Server " + server + " answers and takes the key"));
    findings.add(
        listing
            .map(it -> Finding.ok("folder", "it lists " + it.entries().size() + " files"))
            .orElseGet(() ->
                Finding.warning(
                    "folder",
                    "the server knows no folder " + folder + " yet",
                    "Compare both ids with those that the editor shows, and open it there once.")));
    listing
        .flatMap(FolderListing::strays)
        .ifPresent(
            strays -> findings.add(Finding.warning("names", strays, "Rename them in the editor.")));
    return findings;
  }
}
