package dev.syncline.server.cli;

import dev.syncline.core.model.WorkspaceName;
import dev.syncline.server.config.Configuration;
import dev.syncline.server.view.Leg;
import dev.syncline.server.view.Ssh;
import dev.syncline.server.view.WebhookKeys;
import java.io.IOException;
import java.util.function.Consumer;

/** What commands can't do themselves: to run a server, and to reach one. */
public interface Program {

  /** As released, such as {@code 0.1.0}. */
  String version();

  /**
   * Runs the server until the process is told to end.
   *
   * @throws dev.syncline.core.model.SyncException if it can't be started
   */
  ExitCode serve(Configuration configuration);

  /**
   * Starts what {@link #serve} starts, uses it once, and stops it: for the cache of loaded classes,
   * and to see whether this machine can run it.
   *
   * @param configuration defaults, but for an empty data directory and a free port of this machine
   * @throws dev.syncline.core.model.SyncException if it can't
   */
  void selfTest(Configuration configuration);

  /**
   * Sends a probe file around a workspace of the server that runs, and takes it away again.
   *
   * @param listener hears of each leg as it ends
   * @throws dev.syncline.core.model.SyncException if no server runs, or the probe doesn't arrive
   */
  void roundTrip(Configuration configuration, WorkspaceName workspace, Consumer<Leg> listener)
      throws IOException;

  /** Makes what senders of webhooks prove themselves with. */
  WebhookKeys webhookKeys();

  /** Keys and trusted hosts of the data directory, whether a server runs or not. */
  Ssh ssh(Configuration configuration);

  /**
   * Does some work on the data of {@code configuration}: through the server that has its data
   * directory open, or without one if none has. A server that runs proposes where it is told to:
   * {@code configuration} may not name folders for that then.
   *
   * @throws dev.syncline.core.model.SyncException if neither can be had, or what the work throws
   */
  <T> T administer(Configuration configuration, Administration.Work<T> work) throws IOException;

  /**
   * Runs the links of {@code configuration}'s workspaces, without a network in front of them, until
   * the process is told to end.
   *
   * @param begin what is done first
   * @throws dev.syncline.core.model.SyncException if a server has the data directory, or what the
   *     work throws
   */
  ExitCode follow(Configuration configuration, Administration.Work<ExitCode> begin)
      throws IOException;
}
