package dev.syncline.server.view.json;

import dev.syncline.core.merge.Side;
import dev.syncline.core.model.CommitId;
import dev.syncline.core.model.FilePath;
import dev.syncline.core.model.LinkName;
import dev.syncline.core.model.RunId;
import dev.syncline.core.model.SyncException;
import dev.syncline.core.plan.Outcome;
import dev.syncline.core.plan.Overruled;
import dev.syncline.core.plan.Run;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Runs, how they ended, and what they did. */
public final class RunForm {

  private RunForm() {}

  public static ObjectNode write(Run run) {
    ObjectNode node =
        Fields.object()
            .put("run", run.id().value())
            .put("link", run.link().value())
            .put("started", run.started().toString())
            .put("took", run.took().toString());
    node.set("outcome", write(run.outcome()));
    node.set("work", write(run.work()));
    return node;
  }

  public static Run read(JsonNode node) {
    var fields = new Fields(node);
    return new Run(
        new RunId(fields.text("run")),
        new LinkName(fields.text("link")),
        fields.moment("started"),
        fields.duration("took"),
        readOutcome(fields.section("outcome")),
        readWork(fields.section("work")));
  }

  private static ObjectNode write(Outcome outcome) {
    ObjectNode node = Fields.object();
    return switch (outcome) {
      case Outcome.Equal() -> node.put("kind", "equal");
      case Outcome.Again(String why) -> node.put("kind", "again").put("reason", why);
      case Outcome.Held(String why, String fingerprint) ->
          node.put("kind", "held").put("reason", why).put("fingerprint", fingerprint);
      case Outcome.Unavailable(String why, var notBefore) -> {
        node.put("kind", "unavailable").put("reason", why);
        notBefore.map(Instant::toString).ifPresent(moment -> node.put("notBefore", moment));
        yield node;
      }
      case Outcome.Denied(String why) -> node.put("kind", "denied").put("reason", why);
      case Outcome.Invalid(String why) -> node.put("kind", "invalid").put("reason", why);
      case Outcome.Halted(String why) -> node.put("kind", "halted").put("reason", why);
    };
  }

  private static Outcome readOutcome(Fields fields) {
    String kind = fields.text("kind");
    return switch (kind) {
      case "equal" -> new Outcome.Equal();
      case "again" -> new Outcome.Again(fields.text("reason"));
      case "held" -> new Outcome.Held(fields.text("reason"), fields.text("fingerprint"));
      case "unavailable" ->
          new Outcome.Unavailable(fields.text("reason"), fields.maybeMoment("notBefore"));
      case "denied" -> new Outcome.Denied(fields.text("reason"));
      case "invalid" -> new Outcome.Invalid(fields.text("reason"));
      case "halted" -> new Outcome.Halted(fields.text("reason"));
      default -> throw new SyncException.Invalid("no run ends as `" + kind + "`");
    };
  }

  private static ObjectNode write(Run.Work work) {
    ObjectNode node =
        Fields.object().put("toLedger", work.toLedger()).put("toEndpoint", work.toEndpoint());
    work.version().ifPresent(version -> node.put("version", version.hex()));
    node.put("waiting", work.waiting());
    write(node.putArray("overruled"), work.overruled());
    ArrayNode problems = node.putArray("problems");
    new TreeMap<>(work.problems())
        .forEach((path, why) -> problems.addObject().put("path", path.value()).put("reason", why));
    node.put("proposed", work.reply().proposed());
    ArrayNode notes = node.putArray("notes");
    work.reply().notes().forEach(notes::add);
    return node;
  }

  private static Run.Work readWork(Fields fields) {
    Map<FilePath, String> problems = new TreeMap<>();
    fields
        .list("problems", Fields::new)
        .forEach(
            problem -> problems.put(new FilePath(problem.text("path")), problem.text("reason")));
    return new Run.Work(
        fields.count("toLedger"),
        fields.count("toEndpoint"),
        fields.maybeText("version").map(CommitId::new),
        fields.count("waiting"),
        fields.list("overruled", RunForm::readOverruled),
        problems,
        new Run.Reply(fields.count("proposed"), fields.list("notes", JsonNode::asString)));
  }

  static void write(ArrayNode into, List<Overruled> all) {
    for (Overruled overruled : all) {
      ObjectNode entry =
          into.addObject()
              .put("path", overruled.path().value())
              .put("loser", Fields.name(overruled.loser()));
      overruled.version().ifPresent(file -> entry.set("file", FileForm.write(file)));
    }
  }

  static Overruled readOverruled(JsonNode node) {
    var fields = new Fields(node);
    return new Overruled(
        new FilePath(fields.text("path")),
        fields.constant("loser", Side.class),
        fields.maybe("file", FileForm::read));
  }
}
