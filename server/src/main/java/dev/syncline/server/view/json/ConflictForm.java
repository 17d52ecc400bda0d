package dev.syncline.server.view.json;

import dev.syncline.core.merge.Conflict;
import dev.syncline.core.model.FilePath;
import dev.syncline.core.model.LinkName;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Conflicts that wait. */
public final class ConflictForm {

  private ConflictForm() {}

  public static ObjectNode write(Conflict conflict) {
    ObjectNode node =
        Fields.object()
            .put("id", conflict.id().value())
            .put("link", conflict.link().value())
            .put("path", conflict.path().value())
            .put("reason", conflict.reason())
            .put("since", conflict.since().toString());
    node.set("theirsBy", FileForm.write(conflict.theirsBy()));
    FileForm.write(node, conflict.sides());
    return node;
  }

  public static Conflict read(JsonNode node) {
    var fields = new Fields(node);
    return new Conflict(
        new LinkName(fields.text("link")),
        new FilePath(fields.text("path")),
        FileForm.readSides(fields),
        fields.text("reason"),
        fields.moment("since"),
        FileForm.readAuthor(node.path("theirsBy")));
  }
}
