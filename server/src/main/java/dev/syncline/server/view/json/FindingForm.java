package dev.syncline.server.view.json;

import dev.syncline.core.model.Finding;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What an examination found. */
public final class FindingForm {

  private FindingForm() {}

  public static ObjectNode write(Finding finding) {
    return Fields.object()
        .put("verdict", Fields.name(finding.verdict()))
        .put("subject", finding.subject())
        .put("sentence", finding.sentence())
        .put("remedy", finding.remedy());
  }

  public static Finding read(JsonNode node) {
    var fields = new Fields(node);
    return new Finding(
        fields.constant("verdict", Finding.Verdict.class),
        fields.text("subject"),
        fields.text("sentence"),
        fields.maybeText("remedy").orElse(""));
  }
}
