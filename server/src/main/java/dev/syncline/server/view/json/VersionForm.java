package dev.syncline.server.view.json;

import dev.syncline.core.model.CommitId;
import dev.syncline.core.port.Version;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Versions of a ledger. */
public final class VersionForm {

  private VersionForm() {}

  public static ObjectNode write(Version version) {
    ObjectNode node = Fields.object().put("version", version.id().hex());
    node.set("author", FileForm.write(version.author()));
    node.put("at", version.at().toString()).put("message", version.message());
    ObjectNode trailers = node.putObject("trailers");
    new TreeMap<>(version.trailers()).forEach(trailers::put);
    return node;
  }

  public static Version read(JsonNode node) {
    var fields = new Fields(node);
    Map<String, String> trailers = new LinkedHashMap<>();
    if (fields.has("trailers")) {
      Fields all = fields.section("trailers");
      all.node().propertyNames().forEach(name -> trailers.put(name, all.text(name)));
    }
    return new Version(
        new CommitId(fields.text("version")),
        FileForm.readAuthor(node.path("author")),
        fields.moment("at"),
        fields.text("message"),
        trailers);
  }
}
