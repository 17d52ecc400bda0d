package dev.syncline.server.view.json;

import dev.syncline.core.merge.Resolution;
import dev.syncline.core.merge.Side;
import dev.syncline.core.merge.ThreeWay;
import dev.syncline.core.model.ContentId;
import dev.syncline.core.model.FileVersion;
import dev.syncline.core.model.SyncException;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A person's answer to a conflict, with what they had seen of it.
 *
 * @param ours the contents that the ledger held; empty if there was no file
 * @param theirs the same of the endpoint
 * @param resolution what they decided
 */
public record AnswerForm(
    Optional<ContentId> ours, Optional<ContentId> theirs, Resolution resolution) {

  /** What a person decided who saw these versions. */
  public static ObjectNode write(ThreeWay seen, Resolution resolution) {
    ObjectNode node = Fields.object();
    ObjectNode both = node.putObject("seen");
    both.put("ours", seen.ours().map(file -> file.content().toString()).orElse(null));
    both.put("theirs", seen.theirs().map(file -> file.content().toString()).orElse(null));
    switch (resolution) {
      case Resolution.Choose(Side side) -> node.put("choose", Fields.name(side));
      case Resolution.Both() -> node.put("choose", "both");
      case Resolution.Supply(Optional<FileVersion> version) ->
          version.ifPresentOrElse(
              file -> node.set("file", FileForm.write(file)), () -> node.put("delete", true));
    }
    return node;
  }

  /**
   * Reads it.
   *
   * @param supplied contents that came with it, which are kept already
   */
  public static AnswerForm read(JsonNode node, Optional<FileVersion> supplied) {
    var fields = new Fields(node);
    if (!fields.has("seen")) {
      throw new SyncException.Invalid(
          "`seen` says which contents you saw: {\"ours\": ID, \"theirs\": ID}, null for no file");
    }
    Fields seen = fields.section("seen");
    return new AnswerForm(
        seen.maybeText("ours").map(ContentId::parse),
        seen.maybeText("theirs").map(ContentId::parse),
        resolution(fields, supplied));
  }

  /** Whether these are the versions that the person saw. */
  public boolean saw(ThreeWay sides) {
    return sides.ours().map(FileVersion::content).equals(ours)
        && sides.theirs().map(FileVersion::content).equals(theirs);
  }

  private static Resolution resolution(Fields fields, Optional<FileVersion> supplied) {
    if (supplied.isPresent()) {
      return new Resolution.Supply(supplied);
    }
    if (fields.has("file")) {
      return new Resolution.Supply(fields.maybe("file", FileForm::read));
    }
    if (fields.isSet("delete")) {
      return new Resolution.Supply(Optional.empty());
    }
    return switch (fields.maybeText("choose").orElse("")) {
      case "ours" -> new Resolution.Choose(Side.OURS);
      case "theirs" -> new Resolution.Choose(Side.THEIRS);
      case "both" -> new Resolution.Both();
      default ->
          throw new SyncException.Invalid(
              "`choose` is ours, theirs or both; or send `text`, `base64`, `file` or `delete`");
    };
  }
}
