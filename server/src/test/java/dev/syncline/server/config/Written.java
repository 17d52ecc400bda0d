package dev.syncline.server.config;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A configuration as a test writes it: file, environment and flags of one folder. */
final class Written {

  private final Path folder;
  private final Map<String, String> environment = new HashMap<>();
  private final Map<Setting<?>, String> flags = new HashMap<>();

  Written(Path folder) {
    this.folder = folder;
  }

  Written file(String yaml) {
    try {
      Files.writeString(folder.resolve(ConfigurationReader.DEFAULT_FILE), yaml);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return this;
  }

  Written variable(String name, String value) {
    environment.put(name, value);
    return this;
  }

  Written flag(Setting<?> setting, String value) {
    flags.put(setting, value);
    return this;
  }

  Reading read() {
    return ConfigurationReader.read(new Sources(folder, Optional.empty(), flags, environment));
  }

  Configuration accepted() {
    return read().orThrow();
  }

  /** The problems, without the folder of the test. */
  List<String> problems() {
    return assertInstanceOf(Reading.Refused.class, read()).problems().stream()
        .map(problem -> problem.toString().replace(folder + "/", ""))
        .toList();
  }
}
