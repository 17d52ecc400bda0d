package dev.syncline.server.web.api;

import dev.syncline.server.view.Archive;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * {@code backup}, {@code backups/ID} and {@code restore}. What a backup held is known when its last
 * byte has been sent; it can be asked for afterwards under the address in Content-Location.
 * Thread-safe.
 */
final class ArchiveCalls {

  private static final int REMEMBERED = 64;

  private final Archive archive;
  private final Map<String, Archive.Contents> finished = new LinkedHashMap<>();

  ArchiveCalls(Archive archive) {
    this.archive = archive;
  }

  Answer backup(Call call) {
    if (!call.method().equals("GET")) {
      return Answer.onlyKnows("GET");
    }
    String id = UUID.randomUUID().toString();
    return new Answer.Stream(
        "application/zip",
        Map.of(
            "Content-Disposition",
            "attachment; filename=\"syncline-backup.zip\"",
            "Content-Location",
            AdminApi.ROOT + "backups/" + id),
        out -> remember(id, archive.backup(out)));
  }

  Answer finished(Call call) {
    if (!call.method().equals("GET")) {
      return Answer.onlyKnows("GET");
    }
    String id = call.path().getLast();
    return contents(id)
        .<Answer>map(contents -> new Answer.Json(200, json(contents)))
        .orElseGet(() -> Answer.notFound("no backup " + id + " was finished lately"));
  }

  /** Without a limit of its own: a backup has the size that it has, and an operator sends it. */
  Answer restore(Call call) throws IOException {
    if (!call.method().equals("POST")) {
      return Answer.onlyKnows("POST");
    }
    return new Answer.Json(200, json(archive.restore(call.body(Long.MAX_VALUE))));
  }

  private synchronized void remember(String id, Archive.Contents contents) {
    finished.put(id, contents);
    if (finished.size() > REMEMBERED) {
      finished.remove(finished.keySet().iterator().next());
    }
  }

  private synchronized Optional<Archive.Contents> contents(String id) {
    return Optional.ofNullable(finished.get(id));
  }

  private static JsonNode json(Archive.Contents contents) {
    return JsonMapper.shared()
        .createObjectNode()
        .put("documents", contents.documents())
        .put("changes", contents.changes())
        .put("bytes", contents.bytes())
        .put("tokens", contents.tokens())
        .put("workspaces", contents.workspaces());
  }
}
