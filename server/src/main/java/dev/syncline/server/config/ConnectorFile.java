package dev.syncline.server.config;

import dev.syncline.core.model.LinkName;
import dev.syncline.core.model.SyncException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.tomlj.Toml;
import org.tomlj.TomlArray;
import org.tomlj.TomlParseResult;
import org.tomlj.TomlTable;

/**
 * Reads {@code git_connectors.toml}, in which relay-git-sync has which folder goes to which
 * repository. What else is in it is left alone.
 */
public final class ConnectorFile {

  /** How it is called where nobody says otherwise. */
  public static final String NAME = "git_connectors.toml";

  private final Path file;

  private ConnectorFile(Path file) {
    this.file = file;
  }

  /**
   * Reads one.
   *
   * @throws SyncException.Invalid if it can't be used, with the line
   */
  public static List<Connector> read(Path file) {
    return new ConnectorFile(file).connectors();
  }

  private List<Connector> connectors() {
    TomlParseResult toml;
    try {
      toml = Toml.parse(Files.readString(file));
    } catch (IOException e) {
      throw new SyncException.Invalid("can't read " + file + ": " + e.getMessage(), e);
    }
    if (toml.hasErrors()) {
      var error = toml.errors().getFirst();
      throw new SyncException.Invalid(
          file + ":" + error.position().line() + ": " + error.getMessage());
    }
    var connectors = new ArrayList<Connector>();
    var folders = new HashSet<String>();
    if (toml.get("git_connector") instanceof TomlArray all) {
      for (int at = 0; at < all.size(); at++) {
        Connector connector = connector(all, at);
        if (!folders.add(connector.folder())) {
          throw problem(all, at, "the folder " + connector.folder() + " is there twice");
        }
        connectors.add(connector);
      }
    }
    return connectors;
  }

  private Connector connector(TomlArray all, int at) {
    if (!(all.get(at) instanceof TomlTable table)) {
      throw problem(all, at, "a connector is a table: [[git_connector]]");
    }
    String name = text(table, "remote_name").orElse("origin").toLowerCase(Locale.ROOT);
    try {
      var remote =
          new Connector.Remote(
              new LinkName(name).value(),
              text(table, "url").orElseThrow(() -> problem(all, at, "it has no url")),
              text(table, "branch").orElse("main"),
              text(table, "prefix").map(ConnectorFile::plain).orElse(""));
      return new Connector(
          uuid(table, "relay_id", all, at),
          uuid(table, "shared_folder_id", all, at),
          Optional.of(remote));
    } catch (SyncException.Invalid e) {
      throw problem(all, at, String.valueOf(e.getMessage()));
    }
  }

  /** A prefix without the slashes around it. */
  private static String plain(String prefix) {
    return prefix.replaceAll("^/+|/+$", "");
  }

  private String uuid(TomlTable table, String key, TomlArray all, int at) {
    String text = text(table, key).orElse("").toLowerCase(Locale.ROOT);
    if (!Uuid.is(text)) {
      throw problem(all, at, key + " has to be a UUID");
    }
    return text;
  }

  private static Optional<String> text(TomlTable table, String key) {
    return table.get(key) instanceof String text && !text.isBlank()
        ? Optional.of(text.strip())
        : Optional.empty();
  }

  private SyncException.Invalid problem(TomlArray all, int at, String sentence) {
    String place = file + ":" + all.inputPositionOf(at).line() + ": ";
    return new SyncException.Invalid(sentence.startsWith(place) ? sentence : place + sentence);
  }
}
