package dev.syncline.server.web.api;

import dev.syncline.core.model.CommitId;
import dev.syncline.core.model.FilePath;
import dev.syncline.core.model.LinkName;
import dev.syncline.core.model.RunId;
import dev.syncline.core.model.SyncException;
import dev.syncline.core.model.WorkspaceName;
import dev.syncline.server.view.Files.Detail;
import dev.syncline.server.view.Workspaces;
import dev.syncline.server.view.Workspaces.Motion;
import dev.syncline.server.view.json.Fields;
import dev.syncline.server.view.json.FileForm;
import dev.syncline.server.view.json.FindingForm;
import dev.syncline.server.view.json.PlanForm;
import dev.syncline.server.view.json.RunForm;
import dev.syncline.server.view.json.StatusForm;
import dev.syncline.server.view.json.VersionForm;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code workspaces…}: add, look after and take away workspaces. Thread-safe. */
final class WorkspaceCalls {

  private static final int USUAL_PAGE = 100;
  private static final int LARGEST_PAGE = 10_000;
  private static final long MAX_FILE_BYTES = 1 << 20;

  private final Workspaces workspaces;
  private final ConflictCalls conflicts;

  private final FileCalls files;
  private final Apps apps;

  /** Answers what apps ask of a workspace. */
  @FunctionalInterface
  interface Apps {
    Answer answer(Call call, WorkspaceName name, List<String> below) throws IOException;
  }

  WorkspaceCalls(Workspaces workspaces, FileCalls files, Coded coded, Apps apps) {
    this.workspaces = workspaces;
    this.files = files;
    this.apps = apps;
    this.conflicts = new ConflictCalls(workspaces, coded);
  }

  Answer answer(Call call) throws IOException {
    if (call.path().size() == 1) {
      return call.method().equals("GET") ? list() : Answer.onlyKnows("GET");
    }
    var name = new WorkspaceName(call.path().get(1));
    try {
      return answer(call, name, call.path().subList(2, call.path().size()));
    } catch (SyncException.Invalid e) {
      // PUT may name one that isn't there yet.
      if (!call.method().equals("PUT") && !workspaces.names().contains(name)) {
        return Answer.notFound("there is no workspace " + name);
      }
      throw e;
    }
  }

  private Answer answer(Call call, WorkspaceName name, List<String> below) throws IOException {
    return switch (below.isEmpty() ? "" : below.getFirst()) {
      case "conflicts", "contents" -> conflicts.answer(call, name, below);
      case "files", "changes", "events", "signal" -> apps.answer(call, name, below);
      case "links" -> below.size() == 3 ? link(call, name, below) : nowhere();
      case "runs" ->
          switch (below.size()) {
            case 1 -> only("GET", call, () -> runs(call, name));
            case 3 -> run(call, name, below);
            default -> nowhere();
          };
      case String what -> below.size() <= 1 ? single(call, name, what) : nowhere();
    };
  }

  private Answer single(Call call, WorkspaceName name, String what) throws IOException {
    return switch (what) {
      case "" ->
          switch (call.method()) {
            case "GET" -> status(call, name);
            case "DELETE" -> remove(name);
            default -> Answer.onlyKnows("GET, DELETE");
          };
      case "file" ->
          switch (call.method()) {
            case "GET" -> file(name);
            case "PUT" -> put(call, name);
            default -> Answer.onlyKnows("GET, PUT");
          };
      case "sync" -> only("POST", call, () -> sync(call, name));
      case "pause" -> only("POST", call, () -> pause(call, name, Motion.PAUSE));
      case "resume" -> only("POST", call, () -> pause(call, name, Motion.RESUME));
      case "doctor" -> only("GET", call, () -> examine(name));
      case "history" -> only("GET", call, () -> history(call, name));
      case "restore" -> only("POST", call, () -> restore(call, name));
      default -> nowhere();
    };
  }

  private Answer list() {
    ObjectNode body = JsonMapper.shared().createObjectNode();
    ArrayNode names = body.putArray("workspaces");
    workspaces.names().forEach(name -> names.add(name.value()));
    return new Answer.Json(200, body);
  }

  private Answer status(Call call, WorkspaceName name) {
    ObjectNode body = StatusForm.write(workspaces.status(name));
    return new Answer.Json(
        200, call.isTrue("files") ? files.list(call, name, Detail.LAST_CHANGE, body) : body);
  }

  private Answer examine(WorkspaceName name) {
    ObjectNode body = JsonMapper.shared().createObjectNode();
    ArrayNode list = body.putArray("findings");
    workspaces.examine(name).forEach(finding -> list.add(FindingForm.write(finding)));
    return new Answer.Json(200, body);
  }

  private Answer remove(WorkspaceName name) {
    String ledger = workspaces.remove(name);
    return new Answer.Json(200, JsonMapper.shared().createObjectNode().put("ledger", ledger));
  }

  private Answer file(WorkspaceName name) {
    byte[] text = workspaces.text(name).getBytes(StandardCharsets.UTF_8);
    return new Answer.Stream("text/yaml; charset=utf-8", Map.of(), out -> out.write(text));
  }

  private Answer put(Call call, WorkspaceName name) throws IOException {
    byte[] body = call.body(MAX_FILE_BYTES).readAllBytes();
    String text;
    try {
      text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString();
    } catch (CharacterCodingException e) {
      throw new SyncException.Invalid("a workspace's file is text in UTF-8", e);
    }
    workspaces.put(name, text);
    return new Answer.Done();
  }

  private Answer sync(Call call, WorkspaceName name) {
    return new Answer.Json(200, StatusForm.write(workspaces.sync(name, link(call))));
  }

  private Answer pause(Call call, WorkspaceName name, Motion motion) {
    workspaces.pause(name, link(call), motion);
    return new Answer.Done();
  }

  private Answer link(Call call, WorkspaceName name, List<String> below) throws IOException {
    if (!below.getLast().equals("plan")) {
      return nowhere();
    }
    var link = new LinkName(below.get(1));
    return only(
        "GET", call, () -> new Answer.Json(200, PlanForm.write(workspaces.preview(name, link))));
  }

  private Answer runs(Call call, WorkspaceName name) {
    ObjectNode body = JsonMapper.shared().createObjectNode();
    ArrayNode list = body.putArray("runs");
    workspaces
        .runs(name, call.limit(USUAL_PAGE, LARGEST_PAGE))
        .forEach(run -> list.add(RunForm.write(run)));
    return new Answer.Json(200, body);
  }

  private Answer run(Call call, WorkspaceName name, List<String> below) throws IOException {
    if (!below.getLast().equals("approve")) {
      return nowhere();
    }
    var run = new RunId(below.get(1));
    return only(
        "POST",
        call,
        () ->
            workspaces.approve(name, run)
                ? new Answer.Done()
                : Answer.moved("no run " + run + " is held"));
  }

  private Answer history(Call call, WorkspaceName name) {
    ObjectNode body = JsonMapper.shared().createObjectNode();
    ArrayNode list = body.putArray("versions");
    Optional<FilePath> path = call.parameter("path").map(FilePath::new);
    workspaces
        .history(name, path, call.limit(USUAL_PAGE, LARGEST_PAGE))
        .forEach(version -> list.add(VersionForm.write(version)));
    return new Answer.Json(200, body);
  }

  private Answer restore(Call call, WorkspaceName name) throws IOException {
    Fields body = new Fields(call.json()).knowsOnly(Set.of("path", "version", "author"));
    CommitId version =
        workspaces.restore(
            name,
            new FilePath(body.text("path")),
            new CommitId(body.text("version")),
            FileForm.readAuthor(body.node().path("author")));
    return new Answer.Json(
        200, JsonMapper.shared().createObjectNode().put("version", version.hex()));
  }

  private static Optional<LinkName> link(Call call) {
    return call.parameter("link").map(LinkName::new);
  }

  /** Something that may read the request's body. */
  @FunctionalInterface
  interface Work {
    Answer answer() throws IOException;
  }

  static Answer only(String method, Call call, Work work) throws IOException {
    return call.method().equals(method) ? work.answer() : Answer.onlyKnows(method);
  }

  static Answer nowhere() {
    return Answer.notFound("the API has no such address");
  }
}
