package dev.syncline.server.remote;

import dev.syncline.core.merge.Conflict;
import dev.syncline.core.merge.Resolution;
import dev.syncline.core.model.Author;
import dev.syncline.core.model.CommitId;
import dev.syncline.core.model.ContentId;
import dev.syncline.core.model.FilePath;
import dev.syncline.core.model.FileVersion;
import dev.syncline.core.model.Finding;
import dev.syncline.core.model.LinkName;
import dev.syncline.core.model.RunId;
import dev.syncline.core.model.SyncException;
import dev.syncline.core.model.WorkspaceName;
import dev.syncline.core.plan.Plan;
import dev.syncline.core.plan.Run;
import dev.syncline.core.port.Version;
import dev.syncline.server.compress.ZstdCoding;
import dev.syncline.server.view.Workspaces;
import dev.syncline.server.view.Workspaces.Motion;
import dev.syncline.server.view.Workspaces.Status;
import dev.syncline.server.view.json.AnswerForm;
import dev.syncline.server.view.json.ConflictForm;
import dev.syncline.server.view.json.FileForm;
import dev.syncline.server.view.json.FindingForm;
import dev.syncline.server.view.json.PlanForm;
import dev.syncline.server.view.json.RunForm;
import dev.syncline.server.view.json.StatusForm;
import dev.syncline.server.view.json.UrlText;
import dev.syncline.server.view.json.VersionForm;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The workspaces of a running server. A plan comes without the contents that merges made: its
 * {@code fresh} is empty. Thread-safe.
 */
final class RemoteWorkspaces implements Workspaces {

  /** The server gives no more at once. */
  private static final int MOST = 10_000;

  /** Below it compression is not worth the trouble. */
  private static final long FEWEST_BYTES = 1 << 10;

  private final Wire wire;

  RemoteWorkspaces(Wire wire) {
    this.wire = wire;
  }

  @Override
  public List<WorkspaceName> names() {
    return list("workspaces", "workspaces", name -> new WorkspaceName(name.asString()));
  }

  @Override
  public Status status(WorkspaceName workspace) {
    return StatusForm.read(wire.get(at(workspace, "")));
  }

  @Override
  public List<Finding> examine(WorkspaceName workspace) {
    return list(at(workspace, "/doctor"), "findings", FindingForm::read);
  }

  @Override
  public String text(WorkspaceName workspace) {
    try (InputStream body = wire.stream(at(workspace, "/file")).body()) {
      return new String(body.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw wire.cut(e);
    }
  }

  @Override
  public void put(WorkspaceName workspace, String text) {
    wire.ask("PUT", at(workspace, "/file"), BodyPublishers.ofString(text));
  }

  @Override
  public String remove(WorkspaceName workspace) {
    return wire.ask("DELETE", at(workspace, ""), nothing()).path("ledger").asString();
  }

  @Override
  public void pause(WorkspaceName workspace, Optional<LinkName> link, Motion motion) {
    String word = motion.name().toLowerCase(Locale.ROOT);
    wire.ask("POST", at(workspace, "/" + word) + query(link), nothing());
  }

  @Override
  public Status sync(WorkspaceName workspace, Optional<LinkName> link) {
    return StatusForm.read(wire.ask("POST", at(workspace, "/sync") + query(link), nothing()));
  }

  @Override
  public Plan preview(WorkspaceName workspace, LinkName link) {
    return PlanForm.read(wire.get(at(workspace, "/links/" + link + "/plan")));
  }

  @Override
  public boolean approve(WorkspaceName workspace, RunId run) {
    return wire.decide(
            at(workspace, "/runs/" + run + "/approve"), JsonMapper.shared().createObjectNode())
        .isPresent();
  }

  @Override
  public List<Run> runs(WorkspaceName workspace, int limit) {
    return list(at(workspace, "/runs?limit=" + Math.min(limit, MOST)), "runs", RunForm::read);
  }

  @Override
  public List<Version> history(WorkspaceName workspace, Optional<FilePath> path, int limit) {
    String of = path.map(it -> "&path=" + UrlText.encode(it.value())).orElse("");
    return list(
        at(workspace, "/history?limit=" + Math.min(limit, MOST) + of),
        "versions",
        VersionForm::read);
  }

  @Override
  public CommitId restore(WorkspaceName workspace, FilePath path, CommitId version, Author author) {
    ObjectNode body =
        JsonMapper.shared()
            .createObjectNode()
            .put("path", path.value())
            .put("version", version.hex());
    body.set("author", FileForm.write(author));
    JsonNode made =
        wire.decide(at(workspace, "/restore"), body)
            .orElseThrow(() -> new SyncException.Unavailable("the workspace keeps moving"));
    return new CommitId(made.path("version").asString());
  }

  @Override
  public List<Conflict> conflicts(WorkspaceName workspace) {
    return list(at(workspace, "/conflicts"), "conflicts", ConflictForm::read);
  }

  @Override
  public boolean resolve(
      WorkspaceName workspace, Conflict conflict, Resolution resolution, Author author) {
    ObjectNode body = AnswerForm.write(conflict.sides(), resolution);
    body.set("author", FileForm.write(author));
    return wire.decide(at(workspace, "/conflicts/" + conflict.id()), body).isPresent();
  }

  @Override
  public InputStream open(WorkspaceName workspace, FileVersion version) {
    return wire.contents(at(workspace, "/contents/" + version.content()));
  }

  @Override
  public ContentId keep(
      WorkspaceName workspace, Optional<FilePath> of, long size, InputStream contents)
      throws IOException {
    var upload = new Transfer.Upload(contents);
    String path =
        at(workspace, "/contents") + of.map(it -> "?path=" + UrlText.encode(it.value())).orElse("");
    try {
      Optional<JsonNode> kept = keepCoded(path, size, upload);
      return ContentId.parse(
          kept.orElseGet(() -> keepPlain(path, size, upload)).path("content").asString());
    } catch (SyncException.Unavailable e) {
      upload.check(size);
      throw e;
    }
  }

  /** Empty if nothing was sent, since it isn't worth it or one of the sides can't. */
  private Optional<JsonNode> keepCoded(String path, long size, Transfer.Upload upload)
      throws IOException {
    if (size < FEWEST_BYTES || !ZstdCoding.isThere()) {
      return Optional.empty();
    }
    try (InputStream frame = ZstdCoding.compressing(OptionalLong.of(size), upload)) {
      return wire.postCoded(path, ZstdCoding.NAME, BodyPublishers.ofInputStream(() -> frame));
    }
  }

  private JsonNode keepPlain(String path, long size, Transfer.Upload upload) {
    BodyPublisher body =
        size == 0 ? nothing() : BodyPublishers.fromPublisher(upload.publisher(), size);
    return wire.post(path, "application/octet-stream", body);
  }

  private <T> List<T> list(String path, String key, Function<JsonNode, T> reading) {
    return StreamSupport.stream(wire.get(path).path(key).spliterator(), false)
        .map(reading)
        .toList();
  }

  private static String at(WorkspaceName workspace, String below) {
    return "workspaces/" + workspace + below;
  }

  private static String query(Optional<LinkName> link) {
    return link.map(name -> "?link=" + name).orElse("");
  }

  private static BodyPublisher nothing() {
    return BodyPublishers.noBody();
  }
}
