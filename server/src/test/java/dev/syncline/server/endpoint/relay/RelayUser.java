package dev.syncline.server.endpoint.relay;

import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/**
 * Somebody who changes the documents of a {@link RelayPeer}. Paths begin with a slash. Places in a
 * text are counted in UTF-16 units.
 *
 * @param who the field that names the user, or nothing
 */
public record RelayUser(RelayPeer peer, Map<String, String> who) {

  /** Makes a note, and lists it. */
  public RelayId note(RelayId folder, String path, String text) {
    return made("note", folder, path, Map.of("text", text));
  }

  /** Lists a note of which nothing is uploaded yet; {@link #text} does it. */
  public RelayId listedNote(RelayId folder, String path) {
    return made("note", folder, path, Map.of());
  }

  /** Makes a note, and lists it as an old client does. */
  public RelayId oldNote(RelayId folder, String path, String text) {
    return made("oldNote", folder, path, Map.of("text", text));
  }

  /**
   * Makes a canvas, and lists it.
   *
   * @param nodes their fields, each with an id
   * @param edges their fields, each with an id
   * @param texts what is typed into nodes, by their ids
   */
  public RelayId canvas(
      RelayId folder,
      String path,
      List<Map<String, Object>> nodes,
      List<Map<String, Object>> edges,
      Map<String, String> texts) {
    return made("canvas", folder, path, Map.of("nodes", nodes, "edges", edges, "texts", texts));
  }

  /** Lists a folder. */
  public RelayId folderEntry(RelayId folder, String path) {
    return made("folderEntry", folder, path, Map.of());
  }

  /** Uploads a new attachment, as far as wanted, and lists it. */
  public RelayId attachment(RelayId folder, String path, byte[] bytes, Upload upload) {
    var id = new RelayId(folder.relay(), UUID.randomUUID().toString());
    attachment(folder, path, id, bytes, upload);
    return id;
  }

  /** Uploads a version of an attachment, as far as wanted, and lists it. */
  public void attachment(RelayId folder, String path, RelayId id, byte[] bytes, Upload upload) {
    order(
        "attachment",
        Map.of(
            "folder",
            folder.toString(),
            "path",
            path,
            "id",
            id.resource(),
            "base64",
            Base64.getEncoder().encodeToString(bytes),
            "isUploaded",
            upload != Upload.LISTED,
            "isStored",
            upload == Upload.STORED));
  }

  /** How far an upload came. */
  public enum Upload {
    /** It is listed without a hash. */
    LISTED,
    /** It has a hash, but the store doesn't have it. */
    HASHED,
    /** All is done. */
    STORED
  }

  /** Types into a note. */
  public void insert(RelayId note, int at, String text) {
    order("edit", Map.of("note", note.toString(), "at", at, "insert", text));
  }

  /** Deletes a part of a note's text. */
  public void cut(RelayId note, int at, int length) {
    order("edit", Map.of("note", note.toString(), "at", at, "delete", length));
  }

  /** Replaces a note's whole text. */
  public void text(RelayId folder, RelayId note, String text) {
    order("text", Map.of("note", note.toString(), "folder", folder.toString(), "text", text));
  }

  /** Sets a node of a canvas, whose fields have its id. */
  public void node(RelayId canvas, Map<String, ?> fields) {
    order("canvasEdit", Map.of("canvas", canvas.toString(), "node", fields));
  }

  /** Sets an edge of a canvas, whose fields have its id. */
  public void edge(RelayId canvas, Map<String, ?> fields) {
    order("canvasEdit", Map.of("canvas", canvas.toString(), "edge", fields));
  }

  /** Types into a node of a canvas. */
  public void nodeText(RelayId canvas, String node, String text) {
    order(
        "canvasEdit",
        Map.of("canvas", canvas.toString(), "text", Map.of("node", node, "text", text)));
  }

  /** Deletes a node or an edge of a canvas. */
  public void deleteFromCanvas(RelayId canvas, String id) {
    order("canvasDelete", Map.of("canvas", canvas.toString(), "id", id));
  }

  /** Deletes a file from the list. */
  public void delete(RelayId folder, String path) {
    order("delete", Map.of("folder", folder.toString(), "path", path));
  }

  /** Gives a file of the list another path. */
  public void rename(RelayId folder, String from, String to) {
    order("rename", Map.of("folder", folder.toString(), "from", from, "to", to));
  }

  /** Puts entries into the list as they are: they may be junk. */
  public void meta(RelayId folder, Map<String, ?> entries) {
    order("meta", Map.of("folder", folder.toString(), "entries", entries));
  }

  /** Deletes everything from the list. */
  public void wipe(RelayId folder) {
    order("wipe", Map.of("folder", folder.toString()));
  }

  private RelayId made(String command, RelayId folder, String path, Map<String, ?> more) {
    var id = new RelayId(folder.relay(), UUID.randomUUID().toString());
    var fields = new TreeMap<String, Object>(more);
    fields.putAll(Map.of("folder", folder.toString(), "path", path, "id", id.resource()));
    order(command, fields);
    return id;
  }

  private void order(String command, Map<String, ?> fields) {
    var order = new TreeMap<String, Object>(fields);
    order.putAll(who);
    peer.order(command, order);
  }
}
