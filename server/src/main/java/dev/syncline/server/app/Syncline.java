package dev.syncline.server.app;

import dev.syncline.core.model.SyncException;
import dev.syncline.core.model.WorkspaceName;
import dev.syncline.server.app.checkup.Remotes;
import dev.syncline.server.app.checkup.RoundTrip;
import dev.syncline.server.app.trial.SelfTest;
import dev.syncline.server.cli.Administration;
import dev.syncline.server.cli.ExitCode;
import dev.syncline.server.cli.Program;
import dev.syncline.server.config.Configuration;
import dev.syncline.server.config.WorkspaceFile;
import dev.syncline.server.ledger.remote.LocalSsh;
import dev.syncline.server.log.Logging;
import dev.syncline.server.remote.RemoteServer;
import dev.syncline.server.state.DataDirectory;
import dev.syncline.server.state.RunningServer;
import dev.syncline.server.view.Leg;
import dev.syncline.server.view.Ssh;
import dev.syncline.server.view.WebhookKeys;
import dev.syncline.server.view.Workspaces;
import dev.syncline.server.webhook.TokenMaker;
import dev.syncline.server.workspace.LiveWorkspaces;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;

/** The program behind the commands. */
final class Syncline implements Program {

  private final InstantSource clock = InstantSource.system();

  @Override
  public String version() {
    return Optional.ofNullable(Main.class.getPackage().getImplementationVersion())
        .orElse("development");
  }

  @Override
  public ExitCode serve(Configuration configuration) {
    Logging.start(configuration.log());
    Lifecycle running = Lifecycle.start(configuration, version(), clock);
    return untilToldToEnd(running::close);
  }

  @Override
  public ExitCode follow(Configuration configuration, Administration.Work<ExitCode> begin)
      throws IOException {
    Logging.start(configuration.log());
    Holdings holdings = Holdings.open(configuration, LiveWorkspaces.Work.ALWAYS, clock);
    try {
      begin.run(offered(holdings));
    } catch (IOException | RuntimeException e) {
      holdings.close();
      throw e;
    }
    return untilToldToEnd(holdings::close);
  }

  private static ExitCode untilToldToEnd(Runnable end) {
    var stopped = new CountDownLatch(1);
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  end.run();
                  stopped.countDown();
                },
                "shutdown"));
    try {
      stopped.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return ExitCode.OK;
  }

  @Override
  public void selfTest(Configuration configuration) {
    try (Lifecycle running = Lifecycle.start(configuration, version(), clock)) {
      new SelfTest(running.port()).run();
    } catch (IOException e) {
      throw new SyncException.Unavailable("the server did not answer itself", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new SyncException.Unavailable("the self-test was interrupted", e);
    }
  }

  @Override
  public void roundTrip(
      Configuration configuration, WorkspaceName workspace, Consumer<Leg> listener)
      throws IOException {
    RunningServer running =
        DataDirectory.running(configuration.dataDir())
            .orElseThrow(() ->
                new SyncException.Unavailable(
                    "no server runs on "
                        + configuration.dataDir()
                        + ": start it with syncline serve, or its service, and try again"));
    try (RemoteServer server = connect(configuration, running)) {
      Workspaces workspaces = server.workspaces();
      var settings =
          WorkspaceFile.read(
              workspace,
              workspaces.text(workspace),
              configuration.dataDir(),
              Persons.ofThisMachine());
      String probe = "syncline-probe-" + UUID.randomUUID().toString().substring(0, 8) + ".txt";
      try (var trip =
          new RoundTrip(
              settings,
              new Remotes(configuration.dataDir(), configuration.keys().ssh(), clock),
              workspaces,
              server.files(),
              probe,
              listener)) {
        trip.run();
      }
    }
  }

  @Override
  public WebhookKeys webhookKeys() {
    return new TokenMaker(new SecureRandom(), clock);
  }

  @Override
  public Ssh ssh(Configuration configuration) {
    return new LocalSsh(configuration.dataDir(), configuration.keys().ssh());
  }

  @Override
  public <T> T administer(Configuration configuration, Administration.Work<T> work)
      throws IOException {
    Optional<RunningServer> running = DataDirectory.running(configuration.dataDir());
    if (running.isPresent()) {
      return overHttp(configuration, running.get(), work);
    }
    try (Holdings holdings = Holdings.open(configuration, LiveWorkspaces.Work.WHEN_ASKED, clock)) {
      return work.run(offered(holdings));
    }
  }

  private static Offered offered(Holdings holdings) {
    return new Offered(
        holdings.documents(), holdings.tokens(), holdings.archive(), holdings.workspaces());
  }

  private static <T> T overHttp(
      Configuration configuration, RunningServer running, Administration.Work<T> work)
      throws IOException {
    try (RemoteServer server = connect(configuration, running)) {
      return work.run(
          new Offered(server.documents(), server.tokens(), server.archive(), server.workspaces()));
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private static RemoteServer connect(Configuration configuration, RunningServer running) {
    URI url = running.url().orElseThrow(() -> notReady(running));
    Path tokenFile = running.adminToken().orElseThrow(() -> notReady(running));
    String token;
    try {
      token = Files.readString(tokenFile).strip();
    } catch (IOException e) {
      throw new SyncException.Denied(
          "can't read " + tokenFile + ": run this command as the user that runs the server", e);
    }
    Optional<Path> certificate = configuration.server().tls().map(tls -> tls.certificate());
    return new RemoteServer(url, token, certificate);
  }

  private static SyncException notReady(RunningServer running) {
    return new SyncException.Unavailable(
        running.describe()
            + " has the data directory and takes no commands: it is starting, or it is a command"
            + " itself, such as `reference sync --watch`. Try again later");
  }
}
