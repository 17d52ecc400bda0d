package dev.syncline.server.forge;

import dev.syncline.core.model.FileMode;
import dev.syncline.core.model.FilePath;
import dev.syncline.core.port.VerifiedCommits.Contents;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A file in a request for a tree.
 *
 * @param json as GitHub wants it
 * @param size of its contents in bytes, as far as they are in the request
 */
record TreeEntry(ObjectNode json, int size) {

  /** GitHub gives up on trees of 200 files or 2.5 MB. */
  static final int MOST_AT_ONCE = 100;

  private static final int MOST_BYTES = 1_000_000;

  static TreeEntry deleted(FilePath path) {
    // Null is what deletes; without it GitHub misses the contents.
    return new TreeEntry(json(path, FileMode.REGULAR).putNull("sha"), 0);
  }

  static TreeEntry stored(FilePath path, FileMode mode, String sha) {
    return new TreeEntry(json(path, mode).put("sha", sha), 0);
  }

  /** A file whose contents travel with the tree; empty if they are no text, or too much. */
  static Optional<TreeEntry> inline(FilePath path, Contents contents) {
    byte[] bytes = contents.bytes();
    if (bytes.length > MOST_BYTES) {
      return Optional.empty();
    }
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      // What some parsers of JSON change on the way.
      if (text.indexOf('\0') >= 0 || text.startsWith("\uFEFF")) {
        return Optional.empty();
      }
      return Optional.of(
          new TreeEntry(json(path, contents.mode()).put("content", text), bytes.length));
    } catch (CharacterCodingException _) {
      return Optional.empty();
    }
  }

  /** As many of the first entries as one request may have. */
  static List<TreeEntry> part(List<TreeEntry> entries, int most) {
    var part = new ArrayList<TreeEntry>();
    int bytes = 0;
    for (TreeEntry entry : entries) {
      bytes += entry.size();
      if (!part.isEmpty() && (part.size() == most || bytes > MOST_BYTES)) {
        break;
      }
      part.add(entry);
    }
    return part;
  }

  static ObjectNode body(String base, List<TreeEntry> entries) {
    ObjectNode body = JsonMapper.shared().createObjectNode().put("base_tree", base);
    ArrayNode tree = body.putArray("tree");
    entries.forEach(entry -> tree.add(entry.json()));
    return body;
  }

  private static ObjectNode json(FilePath path, FileMode mode) {
    String octal =
        switch (mode) {
          case REGULAR -> "100644";
          case EXECUTABLE -> "100755";
          case SYMLINK -> "120000";
          case GITLINK -> "160000";
        };
    return JsonMapper.shared()
        .createObjectNode()
        .put("path", path.value())
        .put("mode", octal)
        .put("type", mode == FileMode.GITLINK ? "commit" : "blob");
  }
}
