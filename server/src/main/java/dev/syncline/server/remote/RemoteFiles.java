package dev.syncline.server.remote;

import dev.syncline.core.model.FilePath;
import dev.syncline.core.model.WorkspaceName;
import dev.syncline.server.view.json.JsonText;
import dev.syncline.server.view.json.UrlText;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Base64;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The files of a running server's workspaces, as apps read and change them. Thread-safe. */
public final class RemoteFiles {

  private final Wire wire;

  RemoteFiles(Wire wire) {
    this.wire = wire;
  }

  /** What a small file holds; empty if there is none. */
  public Optional<byte[]> read(WorkspaceName workspace, FilePath path) {
    Optional<InputStream> found =
        wire.findBytes(at(workspace, "/files/") + UrlText.encodePath(path.value()));
    if (found.isEmpty()) {
      return Optional.empty();
    }
    try (InputStream body = found.get()) {
      return Optional.of(body.readAllBytes());
    } catch (IOException e) {
      throw wire.cut(e);
    }
  }

  /** Gives a file these contents, whatever it held, or deletes it. */
  public void change(WorkspaceName workspace, FilePath path, Optional<byte[]> contents) {
    ObjectNode body = JsonMapper.shared().createObjectNode();
    ObjectNode change = body.putArray("changes").addObject().put("path", path.value());
    contents.ifPresentOrElse(
        bytes -> change.put("base64", Base64.getEncoder().encodeToString(bytes)),
        () -> change.put("delete", true));
    wire.post(
        at(workspace, "/changes"),
        "application/json",
        BodyPublishers.ofByteArray(JsonText.bytes(body)));
  }

  private static String at(WorkspaceName workspace, String below) {
    return "workspaces/" + workspace + below;
  }
}
