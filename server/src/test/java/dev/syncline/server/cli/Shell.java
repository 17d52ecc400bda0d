package dev.syncline.server.cli;

import dev.syncline.core.model.WorkspaceName;
import dev.syncline.server.config.Configuration;
import dev.syncline.server.ledger.remote.LocalSsh;
import dev.syncline.server.view.Leg;
import dev.syncline.server.view.Ssh;
import dev.syncline.server.view.WebhookKeys;
import dev.syncline.server.webhook.TokenMaker;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Runs command lines as a shell does, on data in memory. */
final class Shell implements Program {

  static final Instant NOW = Instant.parse("2026-11-21T08:00:00Z");

  final MemoryAdministration administration = new MemoryAdministration();
  final Map<String, String> environment = new HashMap<>();
  final List<Configuration> served = new ArrayList<>();
  final List<Configuration> selfTested = new ArrayList<>();
  private final Path folder;
  private Optional<RuntimeException> failure = Optional.empty();

  Shell(Path folder) {
    this.folder = folder;
  }

  /** Lets all administration fail from now on. */
  void fail(RuntimeException with) {
    failure = Optional.of(with);
  }

  /** How a command ended, and what it said. */
  record Ended(ExitCode code, String out, String err) {}

  Ended run(String... args) {
    var out = new ByteArrayOutputStream();
    var err = new ByteArrayOutputStream();
    var console =
        new Console(
            new Console.Streams(
                new ByteArrayInputStream("backup".getBytes(StandardCharsets.UTF_8)),
                new PrintStream(out, false, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8)),
            environment,
            folder,
            InstantSource.fixed(NOW),
            Console.Screen.NONE);
    ExitCode code = new Cli(this, console).run(args);
    return new Ended(
        code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  @Override
  public String version() {
    return "1.2.3";
  }

  @Override
  public ExitCode serve(Configuration configuration) {
    served.add(configuration);
    return ExitCode.OK;
  }

  @Override
  public void selfTest(Configuration configuration) {
    selfTested.add(configuration);
  }

  @Override
  public void roundTrip(
      Configuration configuration, WorkspaceName workspace, Consumer<Leg> listener) {
    listener.accept(new Leg("folder → history", Duration.ofMillis(12)));
  }

  @Override
  public WebhookKeys webhookKeys() {
    return new TokenMaker(new SecureRandom(), InstantSource.system());
  }

  @Override
  public Ssh ssh(Configuration configuration) {
    return new LocalSsh(configuration.dataDir(), Optional.empty());
  }

  @Override
  public ExitCode follow(Configuration configuration, Administration.Work<ExitCode> begin)
      throws IOException {
    return administer(configuration, begin);
  }

  @Override
  public <T> T administer(Configuration configuration, Administration.Work<T> work)
      throws IOException {
    if (failure.isPresent()) {
      throw failure.get();
    }
    return work.run(administration);
  }
}
