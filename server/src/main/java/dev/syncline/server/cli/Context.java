package dev.syncline.server.cli;

import dev.syncline.server.config.Configuration;
import dev.syncline.server.config.ConfigurationReader;
import dev.syncline.server.config.Reading;
import dev.syncline.server.config.Setting;
import dev.syncline.server.config.Settings;
import dev.syncline.server.config.Sources;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What every command has at hand. */
record Context(Program program, Console console) {

  private static final String CONFIG = "--config";
  private static final String DATA_DIR = "--data-dir";
  private static final String KEY_OF_OLD = "--relay-server-api-key";
  private static final String SECRET_OF_OLD = "--webhook-secret";

  /** Adds the flags that say which server is meant. */
  static Shape withPlace(Shape shape) {
    shape.option(
        CONFIG, "FILE", "The configuration file (default: syncline.yaml, if there is one).");
    return shape.option(DATA_DIR, "DIR", "The data directory, if the configuration names another.");
  }

  /** Adds a flag for each setting that may have one. */
  static Shape withSettings(Shape shape) {
    shape.option(
        CONFIG, "FILE", "The configuration file (default: syncline.yaml, if there is one).");
    for (Setting<?> setting : Settings.all()) {
      setting
          .flag()
          .ifPresent(flag ->
              shape.option(
                  flag,
                  "VALUE",
                  (setting.sentences() + setting.preset().map(Context::shown).orElse(""))
                      .replace("`", "")));
    }
    return shape;
  }

  /** Adds the flags of old. */
  static Shape withOldFlags(Shape shape) {
    Settings.oldFlags()
        .forEach((flag, setting) ->
            shape.option(flag, "VALUE", "As " + setting.flag().orElse(setting.key()) + "."));
    return shape
        .option(KEY_OF_OLD, "KEY", "Not taken: others see command lines. Set RELAY_SERVER_API_KEY.")
        .option(
            SECRET_OF_OLD, "SECRET", "Not taken: others see command lines. Set WEBHOOK_SECRET.");
  }

  /** Reads the configuration that the flags, the environment and the file give. */
  Reading read(Arguments given) {
    Map<Setting<?>, String> flags = new HashMap<>();
    for (Setting<?> setting : Settings.all()) {
      setting.flag().flatMap(given::option).ifPresent(text -> flags.put(setting, text));
    }
    Settings.oldFlags()
        .forEach((flag, setting) ->
            given.option(flag).ifPresent(text -> flags.putIfAbsent(setting, text)));
    for (String secret : List.of(KEY_OF_OLD, SECRET_OF_OLD)) {
      if (given.option(secret).isPresent()) {
        throw new UsageException(
            secret
                + " is not taken, since everybody on this machine sees command lines: set "
                + (secret.equals(KEY_OF_OLD) ? "RELAY_SERVER_API_KEY" : "WEBHOOK_SECRET"));
      }
    }
    Optional<Path> file = given.option(CONFIG).map(console.folder()::resolve);
    return ConfigurationReader.read(
        new Sources(console.folder(), file, flags, console.environment()));
  }

  /**
   * The configuration, for whoever can't go on without one.
   *
   * @throws ConfigurationException if it can't be used
   */
  Configuration configuration(Arguments given) {
    return switch (read(given)) {
      case Reading.Accepted accepted -> accepted.configuration();
      case Reading.Refused refused -> throw new ConfigurationException(refused);
    };
  }

  <T> T administer(Arguments given, Administration.Work<T> work) throws IOException {
    return program.administer(configuration(given), work);
  }

  private static String shown(String preset) {
    return preset.isEmpty() ? "" : " Default: " + preset + ".";
  }
}
