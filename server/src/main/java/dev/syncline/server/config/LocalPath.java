package dev.syncline.server.config;

import dev.syncline.core.model.SyncException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;

/** A file or folder of this machine. */
record LocalPath() implements ValueType<Path> {

  @Override
  public Path parse(String text) {
    if (text.isBlank()) {
      throw new SyncException.Invalid("is blank: write a path, or leave it out");
    }
    try {
      return Path.of(text);
    } catch (InvalidPathException e) {
      throw new SyncException.Invalid("`" + text + "` is no path: " + e.getReason(), e);
    }
  }

  /** What it means where a file writes it: relative to the file's folder, so that both can move. */
  String from(Path folder, String text) {
    return folder.resolve(parse(text)).toString();
  }

  @Override
  public String described() {
    return "path";
  }

  @Override
  public Map<String, Object> schema() {
    return Map.of("type", "string", "minLength", 1);
  }
}
