package dev.syncline.server.cli;

import dev.syncline.server.config.ConfigurationReader;
import dev.syncline.server.config.Setting;
import dev.syncline.server.config.Settings;
import dev.syncline.server.config.Sources;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** Starts a server with defaults in a temporary folder, uses it, and stops it. */
record SelfTestCommand(Context context) implements Command {

  @Override
  public Shape shape() {
    return Shape.of("self-test", "Start a server in a temporary folder, use it once, and stop it.")
        .examples("syncline self-test");
  }

  @Override
  public ExitCode run(Arguments given) throws IOException {
    Path folder = Files.createTempDirectory("syncline-self-test");
    try {
      Map<Setting<?>, String> flags = Settings.forSelfTest(folder.resolve("data"));
      // Neither file nor environment: whether this machine can run a server doesn't depend on them.
      var sources = new Sources(folder, Optional.empty(), flags, Map.of());
      context.program().selfTest(ConfigurationReader.read(sources).orThrow());
      context.console().out().println("the server works on this machine");
      return ExitCode.OK;
    } finally {
      Folders.delete(folder);
    }
  }
}
