package dev.syncline.server.remote;

import dev.syncline.core.model.SyncException;
import dev.syncline.server.view.Archive;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.http.HttpResponse;
import tools.jackson.databind.JsonNode;

/** Backups of a running server. Thread-safe. */
final class RemoteArchive implements Archive {

  private final Wire wire;

  RemoteArchive(Wire wire) {
    this.wire = wire;
  }

  @Override
  public Contents backup(OutputStream out) throws IOException {
    HttpResponse<InputStream> response = wire.stream("backup");
    try (InputStream body = response.body()) {
      Transfer.download(wire, body, out);
    }
    // What was in it is known to the server only after the last byte.
    String location = response.headers().firstValue("Content-Location").orElse("");
    return contents(wire.get("backups/" + location.substring(location.lastIndexOf('/') + 1)));
  }

  @Override
  public Contents restore(InputStream file) throws IOException {
    var upload = new Transfer.Upload(file);
    try {
      return contents(wire.post("restore", "application/zip", upload.publisher()));
    } catch (SyncException.Unavailable e) {
      upload.check();
      throw e;
    }
  }

  private static Contents contents(JsonNode body) {
    return new Contents(
        body.path("documents").asLong(),
        body.path("changes").asLong(),
        body.path("bytes").asLong(),
        body.path("tokens").asLong(),
        body.path("workspaces").asLong());
  }
}
