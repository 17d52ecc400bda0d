package dev.syncline.server.ledger.remote;

import static dev.syncline.server.ledger.remote.RemoteStage.said;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.syncline.core.model.SyncException;
import dev.syncline.server.ledger.NativeGit;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of a talk over http that breaks. */
final class HttpTroubleTest {

  private static final String LIST = "GET /remote.git/info/refs";
  private static final String UPLOAD = "POST /remote.git/git-upload-pack";

  @TempDir Path folder;
  private RemoteStage stage;
  private GitHttpHost host;
  private RemoteSpec spec;
  private String tip;

  @BeforeEach
  void start() throws IOException {
    stage = RemoteStage.in(folder);
    host = new GitHttpHost(folder);
    Path remote = NativeGit.bare(folder.resolve("remote.git"));
    tip = NativeGit.commit(remote, "main", "one", Map.of("a.txt", "1\n".repeat(5_000)));
    spec = RemoteStage.spec(host.url("remote.git"), new Credentials.None());
  }

  @AfterEach
  void stop() {
    host.close();
    stage.close();
  }

  @Test
  void aConnectionThatEndsIsUnavailableAndLeavesNothing() throws IOException {
    long before = stage.filesInLedger();
    host.letPass(UPLOAD);
    host.cutAnswer(UPLOAD, 150);
    unavailable();
    assertEquals(before, stage.filesInLedger());
    assertEquals(Optional.of(tip), stage.fetch(spec));
  }

  @Test
  void aPackThatEndsEarlyIsUnavailableAndLeavesNothing() throws IOException {
    long before = stage.filesInLedger();
    for (int bytes : new int[] {5, 30, 100}) {
      host.letPass(UPLOAD);
      host.shortenAnswer(UPLOAD, bytes);
      unavailable();
      assertEquals(before, stage.filesInLedger());
    }
    assertEquals(Optional.of(tip), stage.fetch(spec));
    NativeGit.mustBeSound(stage.ledgerFolder());
  }

  @Test
  void aDamagedPackIsCorruptAndLeavesNothing() throws IOException {
    long before = stage.filesInLedger();
    for (int offset : new int[] {1, 7, 30, 60}) {
      host.letPass(UPLOAD);
      host.damagePack(UPLOAD, offset);
      var corrupt = assertThrows(SyncException.Corrupt.class, () -> stage.fetch(spec));
      assertTrue(said(corrupt).contains("nothing of it was kept"), said(corrupt));
      assertEquals(before, stage.filesInLedger());
    }
    assertEquals(Optional.of(tip), stage.fetch(spec));
  }

  @Test
  void aHostThatSaysNothingIsUnavailable() {
    var limits = new RemoteLimits(Duration.ofSeconds(5), Duration.ofMillis(300), 1 << 20, 1 << 20);
    var hasty = RemoteStage.spec(host.url("remote.git"), new Credentials.None(), limits);
    host.saySilently(LIST);
    var thrown = assertThrows(SyncException.Unavailable.class, () -> stage.fetch(hasty));
    assertTrue(said(thrown).contains("didn't answer in time"), said(thrown));
  }

  @Test
  void nobodyThereIsUnavailable() throws IOException {
    int port;
    try (var free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    var nobody = RemoteStage.spec("http://127.0.0.1:" + port + "/x.git", new Credentials.None());
    var thrown = assertThrows(SyncException.Unavailable.class, () -> stage.fetch(nobody));
    assertTrue(said(thrown).contains("nobody answers there"), said(thrown));
    var unknown = RemoteStage.spec("https://host.invalid/x.git", new Credentials.None());
    assertThrows(SyncException.Unavailable.class, () -> stage.fetch(unknown));
  }

  @Test
  void moreThanALinkMayTakeIsInvalidAndLeavesNothing() throws IOException {
    long before = stage.filesInLedger();
    var few = new RemoteLimits(Duration.ofSeconds(5), Duration.ofSeconds(5), 100, 1 << 20);
    var narrow = RemoteStage.spec(host.url("remote.git"), new Credentials.None(), few);
    assertThrows(SyncException.Invalid.class, () -> stage.fetch(narrow));
    var small = new RemoteLimits(Duration.ofSeconds(5), Duration.ofSeconds(5), 1 << 20, 1_000);
    var thin = RemoteStage.spec(host.url("remote.git"), new Credentials.None(), small);
    assertThrows(SyncException.Invalid.class, () -> stage.fetch(thin));
    assertEquals(before, stage.filesInLedger());
  }

  @Test
  void whoeverIsToldToStopStops() {
    Thread.currentThread().interrupt();
    try {
      assertInstanceOf(
          SyncException.Unavailable.class,
          assertThrows(SyncException.class, () -> stage.fetch(spec)));
    } finally {
      assertTrue(Thread.interrupted(), "it is still told to");
    }
  }

  private SyncException.Unavailable unavailable() {
    return assertThrows(SyncException.Unavailable.class, () -> stage.fetch(spec));
  }
}
