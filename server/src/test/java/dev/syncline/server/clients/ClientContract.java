package dev.syncline.server.clients;

import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What every generation of unmodified npm clients can rely on. */
@Timeout(value = 30, unit = TimeUnit.MINUTES)
abstract class ClientContract {

  private final Generation generation;
  private @Nullable SyncServer server;

  ClientContract(Generation generation) {
    this.generation = generation;
  }

  @BeforeEach
  void start(@TempDir Path directory) {
    ClientPrograms.folder(generation);
    var started = new SyncServer(directory, Map.of());
    server = started;
    started.start();
  }

  @AfterEach
  void stop() {
    if (server != null) {
      server.close();
    }
  }

  private void run(String scenario, String... arguments) {
    new Scenario(generation, Objects.requireNonNull(server)).run(scenario, arguments);
  }

  @Test
  void editsGoBothWays() {
    run("edits-both-ways");
  }

  @Test
  void clientsReconnectAfterARestart() {
    run("survives-a-restart");
  }

  @Test
  void presenceReachesWhoHasTheDocumentOpen() {
    run("presence");
  }

  @Test
  void anAbsentDocumentAppearsOnceItExists() {
    run("appears-later");
  }

  @Test
  void aClientThatHasEverythingIsToldThatTheServerHasItToo() {
    run("already-synced");
  }

  @Test
  void anUnknownDocumentIsAnsweredInOneWord() {
    run("unknown-document");
  }

  @Test
  void twoHundredDocumentsSyncAtOnce() {
    run("many-documents");
  }

  @Test
  void clientsThatRememberTheServerBringBackWhatItLost() {
    run("remembers-what-was-synced");
  }

  @Test
  void aDocumentOfTenThousandChangesSyncs() {
    run("large-first-sync");
  }

  @Test
  void aDeletedDocumentIsGoneUntilSomeoneBringsItBack() {
    run("deleted-then-back");
  }

  @Test
  void aPeerThatJoinsAgainTakesOverFromItsOldConnection() {
    run("rejoins-with-the-same-name");
  }

  @Test
  void whatWasAcknowledgedSurvivesKill() {
    run("loses-nothing-when-killed", "SIGKILL", rounds());
  }

  @Test
  void whatWasAcknowledgedSurvivesTermination() {
    run("loses-nothing-when-killed", "SIGTERM", rounds());
  }

  /** The full form is 50 rounds and takes minutes. */
  private static String rounds() {
    return System.getProperty(
        "syncline.kill.rounds", Boolean.getBoolean("syncline.full") ? "50" : "5");
  }
}
