package dev.syncline.server.ledger.remote;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.syncline.core.model.SyncException;
import dev.syncline.core.port.RemoteBranch.Pushed;
import dev.syncline.server.ledger.NativeGit;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** A token opens its host, is read anew for each use, and is shown nowhere. */
final class SecretsTest {

  private static final String SECRET = "hunter2-of-the-test";
  private static final String CODED =
      Base64.getEncoder().encodeToString(("anna:" + SECRET).getBytes(StandardCharsets.UTF_8));

  @TempDir Path folder;
  private final ListAppender<ILoggingEvent> log = new ListAppender<>();
  private final Logger root = (Logger) LoggerFactory.getLogger("org");
  private final Level before = root.getEffectiveLevel();
  private RemoteStage stage;
  private GitHttpHost host;
  private Path remote;
  private Path tokenFile;

  @BeforeEach
  void start() throws IOException {
    stage = RemoteStage.in(folder);
    host = new GitHttpHost(folder);
    remote = NativeGit.bare(folder.resolve("remote.git"));
    tokenFile = folder.resolve("token");
    log.start();
    root.setLevel(Level.TRACE);
    root.setAdditive(false);
    root.addAppender(log);
  }

  @AfterEach
  void stop() {
    root.detachAppender(log);
    root.setAdditive(true);
    root.setLevel(before);
    host.close();
    stage.close();
  }

  @Test
  void aTokenOpensTheHost() {
    host.lock("anna", SECRET);
    var spec = spec(new Credentials.Token("anna", "the test", () -> SECRET));
    String tip = NativeGit.commit(remote, "main", "one", Map.of("a", "1"));
    assertEquals(Optional.of(tip), stage.fetch(spec));
    String ours = stage.commit("two", Map.of("a", "2"), Optional.of(tip));
    assertInstanceOf(Pushed.Done.class, stage.push(spec, ours, Optional.of(tip)));
    assertFalse(log.list.isEmpty(), "nothing was logged, so nothing is proven");
    mustNotShow("");
  }

  @Test
  void aTokenThatWasRotatedInItsFileCountsAtOnce() throws IOException {
    host.lock("anna", SECRET);
    String tip = NativeGit.commit(remote, "main", "one", Map.of("a", "1"));
    Files.writeString(tokenFile, "stale\n");
    var spec = spec(Credentials.Token.ofFile("anna", tokenFile));
    var denied = assertThrows(SyncException.Denied.class, () -> stage.fetch(spec));
    assertTrue(RemoteStage.said(denied).contains("the file " + tokenFile), denied.toString());
    Files.writeString(tokenFile, SECRET + "\n");
    assertEquals(Optional.of(tip), stage.fetch(spec));
  }

  @Test
  void aTokenFileThatIsMissingOrEmptyIsDenied() throws IOException {
    var spec = spec(Credentials.Token.ofFile("anna", tokenFile));
    assertThrows(SyncException.Denied.class, () -> stage.fetch(spec));
    Files.writeString(tokenFile, "\n");
    assertThrows(SyncException.Denied.class, () -> stage.fetch(spec));
    assertEquals(List.of(), host.requests());
  }

  @Test
  void noFailureShowsTheToken() {
    var spec = spec(new Credentials.Token("anna", "the test", () -> SECRET));
    host.lock("anna", "another");
    NativeGit.commit(remote, "main", "one", Map.of("a", "1"));
    mustNotShow(assertThrows(SyncException.Denied.class, () -> stage.fetch(spec)));
    for (int status : new int[] {400, 403, 404, 418, 429, 500, 503}) {
      host.answer("GET", status, Map.of());
      mustNotShow(assertThrows(SyncException.class, () -> stage.fetch(spec)));
    }
    host.lock("anna", SECRET);
    host.letPass("POST");
    host.cutAnswer("POST", 40);
    mustNotShow(assertThrows(SyncException.class, () -> stage.fetch(spec)));
    mustNotShow(spec.toString());
    mustNotShow(spec.credentials().toString());
  }

  private RemoteSpec spec(Credentials credentials) {
    return RemoteStage.spec(host.url("remote.git"), credentials);
  }

  private void mustNotShow(Throwable thrown) {
    var text = new StringWriter();
    thrown.printStackTrace(new PrintWriter(text));
    mustNotShow(text.toString());
  }

  private void mustNotShow(String text) {
    var all = new StringBuilder(text);
    for (ILoggingEvent event : List.copyOf(log.list)) {
      all.append(event.getFormattedMessage());
    }
    assertFalse(all.indexOf(SECRET) >= 0 || all.indexOf(CODED) >= 0, "the token is shown");
  }
}
