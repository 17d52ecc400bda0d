package dev.syncline.server.config;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** Reads a configuration: flags win over the environment, that over the file, that over presets. */
public final class ConfigurationReader {

  /** The file that is read from the working directory if there is one. */
  public static final String DEFAULT_FILE = "syncline.yaml";

  private ConfigurationReader() {}

  /** Reads it all, and finds all problems. */
  public static Reading read(Sources sources) {
    var findings = new Findings();
    Optional<Path> file = file(sources);
    file.ifPresent(path -> ConfigurationFile.read(path, findings));
    Environment.read(sources.environment(), findings);
    for (Map.Entry<Setting<?>, String> flag : sources.flags().entrySet()) {
      String place = flag.getKey().flag().orElse(flag.getKey().key());
      findings.give(
          new Given(flag.getKey(), flag.getValue(), new Origin(Origin.Layer.FLAG, place)));
    }
    return Assembling.of(findings, file);
  }

  private static Optional<Path> file(Sources sources) {
    return sources
        .file()
        .or(() ->
            Environment.value(sources.environment(), Environment.CONFIG)
                .map(sources.folder()::resolve))
        .or(() ->
            Optional.of(sources.folder().resolve(DEFAULT_FILE)).filter(path -> Files.exists(path)));
  }
}
