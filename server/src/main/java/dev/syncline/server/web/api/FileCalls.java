package dev.syncline.server.web.api;

import dev.syncline.core.flow.Submission.Submitted;
import dev.syncline.core.merge.ThreeWay;
import dev.syncline.core.model.CommitId;
import dev.syncline.core.model.ContentId;
import dev.syncline.core.model.FileMode;
import dev.syncline.core.model.FilePath;
import dev.syncline.core.model.SyncException;
import dev.syncline.core.model.WorkspaceName;
import dev.syncline.server.view.Files;
import dev.syncline.server.view.Files.Detail;
import dev.syncline.server.view.Files.Entry;
import dev.syncline.server.view.Files.Page;
import dev.syncline.server.view.Files.Sent;
import dev.syncline.server.view.Workspaces;
import dev.syncline.server.view.json.Fields;
import dev.syncline.server.view.json.FileForm;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code files…} and {@code changes} of a workspace: what apps read and write. Thread-safe. */
final class FileCalls {

  static final long MAX_CHANGES_BYTES = 64 << 20;
  private static final int MAX_CHANGES = 10_000;
  private static final int USUAL_PAGE = 100;
  private static final int LARGEST_PAGE = 1000;

  /** The history is searched for each file, all of it if the file is old. */
  private static final int LARGEST_DETAILED_PAGE = 100;

  private static final Set<String> CHANGE = Set.of("path", "text", "base64", "content", "delete");

  private final Workspaces workspaces;
  private final Files files;
  private final Coded coded;

  FileCalls(Synced synced, Coded coded) {
    this.coded = coded;
    this.workspaces = synced.workspaces();
    this.files = synced.files();
  }

  Answer answer(Call call, WorkspaceName name, List<String> below) throws IOException {
    if (below.getFirst().equals("changes")) {
      return below.size() == 1
          ? WorkspaceCalls.only("POST", call, () -> change(call, name))
          : WorkspaceCalls.nowhere();
    }
    return WorkspaceCalls.only(
        "GET",
        call,
        () -> below.size() == 1 ? list(call, name) : read(call, name, new FilePath(call.tail(3))));
  }

  private Answer list(Call call, WorkspaceName name) {
    Detail detail = call.isTrue("history") ? Detail.LAST_CHANGE : Detail.CONTENT;
    return new Answer.Json(200, list(call, name, detail, JsonMapper.shared().createObjectNode()));
  }

  /** Adds a page of files, and where the next one begins. */
  ObjectNode list(Call call, WorkspaceName name, Detail detail, ObjectNode body) {
    int limit =
        call.limit(USUAL_PAGE, detail == Detail.LAST_CHANGE ? LARGEST_DETAILED_PAGE : LARGEST_PAGE);
    List<Entry> page =
        files.list(
            name,
            new Page(
                call.parameter("prefix").filter(text -> !text.isEmpty()).map(FileCalls::folder),
                call.parameter("after").map(FilePath::new),
                limit,
                detail));
    ArrayNode list = body.putArray("files");
    page.forEach(entry -> list.add(json(entry)));
    if (page.size() == limit) {
      body.put("next", page.getLast().path().value());
    }
    return body;
  }

  private static FilePath folder(String text) {
    return new FilePath(text.endsWith("/") ? text.substring(0, text.length() - 1) : text);
  }

  private static ObjectNode json(Entry entry) {
    ObjectNode node = JsonMapper.shared().createObjectNode().put("path", entry.path().value());
    node.setAll(FileForm.write(entry.file()));
    node.put("size", entry.size());
    entry
        .last()
        .ifPresent(last -> {
          node.put("modified", last.at().toString()).put("version", last.id().hex());
          node.set("author", FileForm.write(last.author()));
          Optional.ofNullable(last.trailers().get("Syncline-Link"))
              .ifPresent(link -> node.put("source", link));
        });
    return node;
  }

  private Answer read(Call call, WorkspaceName name, FilePath path) {
    Optional<Entry> found =
        files.find(name, path).filter(entry -> entry.file().mode() != FileMode.GITLINK);
    if (found.isEmpty()) {
      return Answer.notFound("there is no file \"" + path + "\"");
    }
    Entry entry = found.get();
    return coded.file(
        call,
        name,
        new Coded.Known(
            entry.file(),
            entry.size(),
            Map.of(
                "Cache-Control",
                "private, no-cache",
                "Syncline-Mode",
                Fields.name(entry.file().mode()))));
  }

  private Answer change(Call call, WorkspaceName name) throws IOException {
    JsonNode body = call.json(MAX_CHANGES_BYTES);
    Fields fields = new Fields(body).knowsOnly(Set.of("changes", "base", "description", "author"));
    List<JsonNode> changes = fields.list("changes", change -> change);
    if (changes.isEmpty() || changes.size() > MAX_CHANGES) {
      throw new SyncException.Invalid("`changes` is a list of 1 to " + MAX_CHANGES + " changes");
    }
    var wanted = new TreeMap<FilePath, Optional<ContentId>>();
    for (JsonNode change : changes) {
      Fields one = new Fields(change).knowsOnly(CHANGE);
      var path = new FilePath(one.text("path"));
      if (wanted.putIfAbsent(path, content(name, path, one)) != null) {
        throw new SyncException.Invalid("\"" + path + "\" is changed twice");
      }
    }
    return submit(
        name,
        new Sent(
            wanted,
            fields.maybeText("base").map(CommitId::new),
            fields.maybe("author", FileForm::readAuthor),
            fields.maybeText("description").orElse("")));
  }

  /** Records what was sent. */
  Answer submit(WorkspaceName name, Sent sent) {
    return switch (files.submit(name, sent)) {
      case Submitted.Done(CommitId version) ->
          new Answer.Json(
              200, JsonMapper.shared().createObjectNode().put("version", version.hex()));
      case Submitted.Moved moved -> moved(moved);
    };
  }

  private static Answer moved(Submitted.Moved moved) {
    ArrayNode conflicts = JsonMapper.shared().createArrayNode();
    SortedMap<FilePath, ThreeWay> paths = moved.paths();
    paths.forEach((path, sides) -> {
      ObjectNode conflict = conflicts.addObject().put("path", path.value());
      conflict.putNull("base").putNull("ours").putNull("theirs");
      FileForm.write(conflict, sides);
    });
    var details = new TreeMap<String, JsonNode>(Map.of("conflicts", conflicts));
    moved
        .version()
        .ifPresent(version ->
            details.put("version", JsonMapper.shared().getNodeFactory().stringNode(version.hex())));
    String sentence =
        paths.size() == 1
            ? "\"" + paths.firstKey() + "\" has changed since the base"
            : paths.size() + " files have changed since the base";
    return new Answer.Problem(409, Answer.Kind.MOVED, sentence, Map.of(), details);
  }

  private Optional<ContentId> content(WorkspaceName name, FilePath path, Fields change)
      throws IOException {
    Optional<byte[]> contents = ConflictCalls.contents(change);
    Optional<ContentId> kept = change.maybeText("content").map(ContentId::parse);
    if (contents.isPresent()
        ? kept.isPresent() || change.isSet("delete")
        : kept.isPresent() == change.isSet("delete")) {
      throw new SyncException.Invalid(
          "a change has a `path` and either `text`, `base64`, `content` or `\"delete\": true`");
    }
    if (kept.isPresent() && files.size(name, kept.get()).isEmpty()) {
      throw new SyncException.Invalid("contents " + kept.get() + " are not here: send them first");
    }
    return contents.isEmpty() ? kept : Optional.of(keep(name, path, contents.get()));
  }

  ContentId keep(WorkspaceName name, FilePath path, byte[] contents) throws IOException {
    return workspaces.keep(
        name, Optional.of(path), contents.length, new ByteArrayInputStream(contents));
  }
}
