package dev.syncline.server.config;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * Everything that a configuration is read from.
 *
 * @param folder where {@code syncline.yaml} is looked for: the working directory
 * @param file the file that {@code --config} names; it has to exist
 * @param flags by setting, as they were written
 * @param environment all variables of the process
 */
public record Sources(
    Path folder,
    Optional<Path> file,
    Map<Setting<?>, String> flags,
    Map<String, String> environment) {

  public Sources {
    flags = Map.copyOf(flags);
    environment = Map.copyOf(environment);
  }
}
