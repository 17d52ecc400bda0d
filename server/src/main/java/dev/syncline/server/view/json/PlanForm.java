package dev.syncline.server.view.json;

import dev.syncline.core.model.FilePath;
import dev.syncline.core.model.SyncException;
import dev.syncline.core.plan.Plan;
import dev.syncline.core.plan.Proposal;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What a run would do. The contents that merges made don't travel, only their ids. */
public final class PlanForm {

  private PlanForm() {}

  public static ObjectNode write(Plan plan) {
    ObjectNode node = Fields.object();
    switch (plan) {
      case Plan.Proceed _ -> node.put("kind", "proceed");
      case Plan.Hold hold ->
          node.put("kind", "hold")
              .put("reason", hold.reason())
              .put("fingerprint", hold.fingerprint());
    }
    Proposal proposal = plan.proposal();
    FileForm.write(node.putArray("toLedger"), proposal.toLedger());
    FileForm.write(node.putArray("toEndpoint"), proposal.toEndpoint());
    ArrayNode waiting = node.putArray("waiting");
    proposal
        .waiting()
        .forEach((path, conflict) -> {
          ObjectNode entry =
              waiting.addObject().put("path", path.value()).put("reason", conflict.reason());
          FileForm.write(entry, conflict.sides());
        });
    write(node.putArray("unseen"), proposal.unseen());
    RunForm.write(node.putArray("overruled"), proposal.overruled());
    write(node.putArray("hidden"), proposal.hidden());
    ArrayNode merged = node.putArray("merged");
    proposal.fresh().keySet().forEach(content -> merged.add(content.toString()));
    return node;
  }

  public static Plan read(JsonNode node) {
    var fields = new Fields(node);
    var waiting = new TreeMap<FilePath, Proposal.Waiting>();
    fields
        .list("waiting", Fields::new)
        .forEach(entry ->
            waiting.put(
                new FilePath(entry.text("path")),
                new Proposal.Waiting(FileForm.readSides(entry), entry.text("reason"))));
    var proposal =
        new Proposal(
            FileForm.readChanges(fields, "toLedger"),
            FileForm.readChanges(fields, "toEndpoint"),
            Map.of(),
            waiting,
            Set.copyOf(fields.list("unseen", FileForm::readPath)),
            fields.list("overruled", RunForm::readOverruled),
            Set.copyOf(fields.list("hidden", FileForm::readPath)));
    String kind = fields.text("kind");
    return switch (kind) {
      case "proceed" -> new Plan.Proceed(proposal);
      case "hold" -> new Plan.Hold(proposal, fields.text("reason"), fields.text("fingerprint"));
      default -> throw new SyncException.Invalid("no plan is a `" + kind + "`");
    };
  }

  private static void write(ArrayNode into, Collection<FilePath> paths) {
    new TreeSet<>(paths).forEach(path -> into.add(path.value()));
  }
}
