package dev.syncline.server.web.api;

import dev.syncline.core.merge.Conflict;
import dev.syncline.core.merge.ConflictId;
import dev.syncline.core.model.Author;
import dev.syncline.core.model.ContentId;
import dev.syncline.core.model.FileMode;
import dev.syncline.core.model.FilePath;
import dev.syncline.core.model.FileVersion;
import dev.syncline.core.model.SyncException;
import dev.syncline.core.model.WorkspaceName;
import dev.syncline.server.view.Workspaces;
import dev.syncline.server.view.json.AnswerForm;
import dev.syncline.server.view.json.ConflictForm;
import dev.syncline.server.view.json.Fields;
import dev.syncline.server.view.json.FileForm;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code conflicts…} and {@code contents…} of a workspace. Thread-safe. */
final class ConflictCalls {

  private static final long MAX_ANSWER_BYTES = 64 << 20;
  private static final Set<String> ANSWER =
      Set.of("seen", "choose", "file", "delete", "text", "base64", "author");

  private final Workspaces workspaces;
  private final Coded coded;

  ConflictCalls(Workspaces workspaces, Coded coded) {
    this.workspaces = workspaces;
    this.coded = coded;
  }

  Answer answer(Call call, WorkspaceName name, List<String> below) throws IOException {
    return switch (below.getFirst() + " " + below.size()) {
      case "conflicts 1" -> WorkspaceCalls.only("GET", call, () -> list(name));
      case "conflicts 2" -> WorkspaceCalls.only("POST", call, () -> resolve(call, name, id(below)));
      case "conflicts 3" ->
          WorkspaceCalls.only("GET", call, () -> side(call, name, id(below), below.getLast()));
      case "contents 1" -> WorkspaceCalls.only("POST", call, () -> keep(call, name));
      case "contents 2" ->
          WorkspaceCalls.only(
              "GET",
              call,
              () ->
                  coded.contents(
                      call, name, FileVersion.regular(ContentId.parse(below.getLast()))));
      default -> WorkspaceCalls.nowhere();
    };
  }

  private static ConflictId id(List<String> below) {
    return new ConflictId(below.get(1));
  }

  private Answer list(WorkspaceName name) {
    ObjectNode body = JsonMapper.shared().createObjectNode();
    ArrayNode list = body.putArray("conflicts");
    workspaces.conflicts(name).forEach(conflict -> list.add(ConflictForm.write(conflict)));
    return new Answer.Json(200, body);
  }

  private Answer side(Call call, WorkspaceName name, ConflictId id, String side) {
    Optional<Conflict> conflict = find(name, id);
    if (conflict.isEmpty()) {
      return Answer.notFound("no conflict " + id + " waits");
    }
    Optional<FileVersion> version =
        switch (side) {
          case "base" -> conflict.get().sides().base();
          case "ours" -> conflict.get().sides().ours();
          case "theirs" -> conflict.get().sides().theirs();
          default -> throw new SyncException.Invalid("a conflict has base, ours and theirs");
        };
    return version.isPresent()
        ? coded.contents(call, name, version.get())
        : Answer.notFound("there is no file on this side of the conflict");
  }

  private Answer keep(Call call, WorkspaceName name) throws IOException {
    ContentId content = coded.keep(call, name, call.parameter("path").map(FilePath::new));
    return new Answer.Json(
        201, JsonMapper.shared().createObjectNode().put("content", content.toString()));
  }

  private Answer resolve(Call call, WorkspaceName name, ConflictId id) throws IOException {
    JsonNode body = call.json(MAX_ANSWER_BYTES);
    Fields fields = new Fields(body).knowsOnly(ANSWER);
    Author author = FileForm.readAuthor(body.path("author"));
    Optional<Conflict> conflict = find(name, id);
    Optional<FileVersion> supplied = Optional.empty();
    Optional<byte[]> bytes = contents(fields);
    if (bytes.isPresent()) {
      var in = new ByteArrayInputStream(bytes.get());
      ContentId content =
          workspaces.keep(name, conflict.map(Conflict::path), bytes.get().length, in);
      supplied =
          Optional.of(
              new FileVersion(
                  content, conflict.map(Conflict::modeOfAnswer).orElse(FileMode.REGULAR)));
    }
    AnswerForm answer = AnswerForm.read(body, supplied);
    boolean recorded =
        conflict.isPresent()
            && answer.saw(conflict.get().sides())
            && workspaces.resolve(name, conflict.get(), answer.resolution(), author);
    return recorded
        ? new Answer.Done()
        : Answer.moved("conflict " + id + " is not any more as it was: look again");
  }

  /** What came as {@code text} or {@code base64}. */
  static Optional<byte[]> contents(Fields fields) {
    if (fields.has("text")) {
      return Optional.of(utf8(fields.text("text")));
    }
    try {
      return fields.maybeText("base64").map(Base64.getDecoder()::decode);
    } catch (IllegalArgumentException e) {
      throw new SyncException.Invalid("`base64` is not Base64: " + e.getMessage(), e);
    }
  }

  static byte[] utf8(String text) {
    try {
      var bytes = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text));
      byte[] all = new byte[bytes.remaining()];
      bytes.get(all);
      return all;
    } catch (CharacterCodingException e) {
      throw new SyncException.Invalid("`text` has half a character in it: send `base64`", e);
    }
  }

  private Optional<Conflict> find(WorkspaceName name, ConflictId id) {
    return workspaces.conflicts(name).stream()
        .filter(conflict -> conflict.id().equals(id))
        .findFirst();
  }
}
