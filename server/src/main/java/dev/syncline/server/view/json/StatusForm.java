package dev.syncline.server.view.json;

import dev.syncline.core.flow.Health;
import dev.syncline.core.model.CommitId;
import dev.syncline.core.model.LinkName;
import dev.syncline.core.model.WorkspaceName;
import dev.syncline.core.plan.Run;
import dev.syncline.server.view.Workspaces.LinkStatus;
import dev.syncline.server.view.Workspaces.Status;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** How workspaces and their links are. */
public final class StatusForm {

  private StatusForm() {}

  public static ObjectNode write(Status status) {
    ObjectNode node = Fields.object().put("workspace", status.workspace().value());
    status.version().ifPresent(version -> node.put("version", version.hex()));
    node.put("at", status.at().toString()).put("conflicts", status.conflicts());
    ArrayNode links = node.putArray("links");
    status.links().forEach((name, link) -> links.add(write(name, link)));
    return node;
  }

  public static Status read(JsonNode node) {
    var fields = new Fields(node);
    var links = new LinkedHashMap<LinkName, LinkStatus>();
    fields
        .list("links", Fields::new)
        .forEach(link -> links.put(new LinkName(link.text("link")), readLink(link)));
    return new Status(
        new WorkspaceName(fields.text("workspace")),
        fields.maybeText("version").map(CommitId::new),
        fields.moment("at"),
        links,
        fields.count("conflicts"));
  }

  private static ObjectNode write(LinkName name, LinkStatus link) {
    Health health = link.health();
    ObjectNode node =
        Fields.object()
            .put("link", name.value())
            .put("place", link.place())
            .put("condition", Fields.name(health.condition()))
            .put("reason", health.reason());
    put(node, "equalSince", health.equalSince());
    put(node, "nextTry", health.retry());
    put(node, "lastIn", health.lastIn());
    put(node, "lastOut", health.lastOut());
    link.last()
        .flatMap(run -> run.work().version())
        .ifPresent(version -> node.put("version", version.hex()));
    node.put("conflicts", link.conflicts());
    ObjectNode state = node.putObject("health").put("status", word(health.condition()));
    if (health.failures() > 0) {
      state.put("lastError", health.reason());
    }
    state.put("failures", health.failures()).put("again", health.again());
    node.set("totals", write(health.totals()).put("pendingChanges", link.pending()));
    link.last().ifPresent(run -> node.set("lastRun", RunForm.write(run)));
    return node;
  }

  private static LinkStatus readLink(Fields fields) {
    Fields state = fields.section("health");
    Optional<Run> last = fields.maybe("lastRun", RunForm::read);
    return new LinkStatus(
        fields.text("place"),
        new Health(
            fields.constant("condition", Health.Condition.class),
            fields.text("reason"),
            state.count("failures"),
            state.count("again"),
            fields.maybeMoment("nextTry"),
            fields.maybeMoment("equalSince"),
            fields.maybeMoment("lastIn"),
            fields.maybeMoment("lastOut"),
            readTotals(fields.section("totals"))),
        last,
        fields.count("conflicts"),
        fields.section("totals").count("pendingChanges"));
  }

  /** For monitors, which want few words. */
  private static String word(Health.Condition condition) {
    return switch (condition) {
      case IDLE, SYNCING, WAITING -> "ok";
      case HELD, CONFLICT -> "attention";
      case UNREACHABLE, DENIED, HALTED -> "failing";
      case PAUSED -> "paused";
    };
  }

  private static ObjectNode write(Health.Totals totals) {
    return Fields.object()
        .put("syncs", totals.runs())
        .put("successes", totals.runs() - totals.failures())
        .put("failures", totals.failures())
        .put("averageMillis", totals.runs() == 0 ? 0 : totals.time().toMillis() / totals.runs())
        .put("time", totals.time().toString())
        .put("conflictsResolved", totals.conflictsResolved());
  }

  private static Health.Totals readTotals(Fields fields) {
    Duration time = fields.duration("time");
    return new Health.Totals(
        fields.number("syncs"),
        fields.number("failures"),
        fields.number("conflictsResolved"),
        time);
  }

  private static void put(ObjectNode node, String key, Optional<Instant> moment) {
    moment.ifPresent(at -> node.put(key, at.toString()));
  }
}
