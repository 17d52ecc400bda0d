package dev.syncline.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.syncline.core.model.AccessScope;
import dev.syncline.core.model.AccessToken;
import dev.syncline.core.model.DocumentId;
import dev.syncline.core.model.Grant;
import dev.syncline.core.model.IssuedToken;
import dev.syncline.core.model.SealedToken;
import dev.syncline.core.model.SyncException;
import dev.syncline.core.port.AccessTokens;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** What every {@link AccessTokens} must do, on whatever database. */
public abstract class AccessTokensContract {

  private static final Instant NOW = Instant.parse("2026-11-21T09:00:00.123Z");
  private static final Grant READER =
      new Grant("reader", AccessScope.DOCUMENTS_READ, Set.of(), Optional.empty());

  /** The same tokens at each call during one test, as after a restart of the server. */
  protected abstract AccessTokens open();

  @Test
  void aTokenOpensWhatItWasMadeFor() {
    var only = Set.of(new DocumentId(1, 2), new DocumentId(-3, -4));
    var grant =
        new Grant(
            "Ann's laptop", AccessScope.DOCUMENTS_WRITE, only, Optional.of(NOW.plusSeconds(60)));
    AccessToken token = open().create(grant, NOW);
    assertEquals(Optional.of(grant), open().verify(token.text(), NOW));
  }

  @Test
  void whatIsNoTokenOpensNothing() {
    AccessTokens tokens = open();
    String token = tokens.create(READER, NOW).text();
    String stranger = AccessToken.generate(new SplittableRandom(7)).text();
    for (String wrong :
        List.of(
            "",
            " ",
            token + " ",
            token.substring(1),
            token.toUpperCase(java.util.Locale.ROOT),
            "syncline_",
            "\0",
            "' OR 1=1 --",
            stranger)) {
      assertEquals(Optional.empty(), tokens.verify(wrong, NOW), wrong);
    }
  }

  @Test
  void theIdAloneOpensNothing() {
    AccessToken token = AccessToken.generate(new SplittableRandom(1));
    var issued = new IssuedToken(token.id(), READER, NOW, Optional.empty());
    open().restore(new SealedToken(issued, "0".repeat(64)));
    assertEquals(Optional.empty(), open().verify(token.text(), NOW));
  }

  @Test
  void aTokenEndsAtItsMoment() {
    AccessTokens tokens = open();
    Instant end = NOW.plusSeconds(60);
    var grant = new Grant("guest", AccessScope.DOCUMENTS_READ, Set.of(), Optional.of(end));
    String token = tokens.create(grant, NOW).text();
    assertTrue(tokens.verify(token, end.minusMillis(1)).isPresent());
    assertFalse(tokens.verify(token, end).isPresent());
    assertEquals(1, tokens.list().size(), "it is still shown");
  }

  @Test
  void noTokenIsMadeThatHasEndedAlready() {
    var grant = new Grant("late", AccessScope.DOCUMENTS_READ, Set.of(), Optional.of(NOW));
    assertThrows(SyncException.Invalid.class, () -> open().create(grant, NOW));
    assertEquals(List.of(), open().list());
  }

  @Test
  void aRevokedTokenIsRefusedAtOnce() {
    AccessTokens tokens = open();
    AccessToken token = tokens.create(READER, NOW);
    assertTrue(tokens.verify(token.text(), NOW).isPresent());
    assertTrue(open().revoke(token.id()), "by another process");
    assertFalse(tokens.verify(token.text(), NOW).isPresent());
    assertFalse(tokens.revoke(token.id()), "there is none of this id any more");
    assertEquals(List.of(), tokens.list());
  }

  @Test
  void theListTellsAllButTheSecretOldestFirst() {
    AccessTokens tokens = open();
    var admin = new Grant("Zoë 🦊", AccessScope.ADMIN, Set.of(), Optional.empty());
    AccessToken younger = tokens.create(READER, NOW.plusSeconds(5));
    AccessToken older = tokens.create(admin, NOW);
    assertEquals(
        List.of(
            new IssuedToken(older.id(), admin, NOW, Optional.empty()),
            new IssuedToken(younger.id(), READER, NOW.plusSeconds(5), Optional.empty())),
        tokens.list());
  }

  @Test
  void useIsNotedAtMostOnceAMinute() {
    AccessTokens tokens = open();
    String token = tokens.create(READER, NOW).text();
    assertEquals(Optional.of(NOW), lastUseAfter(tokens, token, NOW));
    assertEquals(Optional.of(NOW), lastUseAfter(tokens, token, NOW.plusSeconds(59)));
    Instant later = NOW.plusSeconds(60);
    assertEquals(Optional.of(later), lastUseAfter(tokens, token, later));
  }

  @Test
  void aClockThatIsPutBackDoesNotEndTheNotes() {
    AccessTokens tokens = open();
    String token = tokens.create(READER, NOW).text();
    assertEquals(
        Optional.of(NOW.plus(Duration.ofDays(400))),
        lastUseAfter(tokens, token, NOW.plus(Duration.ofDays(400))));
    assertEquals(Optional.of(NOW), lastUseAfter(tokens, token, NOW));
  }

  @Test
  void aBackupBringsTokensBack() {
    AccessTokens tokens = open();
    var only = Set.of(new DocumentId(5, 6));
    var grant = new Grant("kept", AccessScope.DOCUMENTS_READ, only, Optional.empty());
    AccessToken token = tokens.create(grant, NOW);
    assertEquals(Optional.of(NOW), lastUseAfter(tokens, token.text(), NOW));
    List<SealedToken> backup = tokens.export();
    assertTrue(tokens.revoke(token.id()));
    backup.forEach(tokens::restore);
    assertEquals(backup, tokens.export());
    assertEquals(Optional.of(grant), tokens.verify(token.text(), NOW));
  }

  @Test
  void aBackupDoesNotChangeWhatIsThere() {
    AccessTokens tokens = open();
    AccessToken token = tokens.create(READER, NOW);
    List<SealedToken> before = tokens.export();
    var stronger = new Grant("reader", AccessScope.ADMIN, Set.of(), Optional.empty());
    tokens.restore(
        new SealedToken(
            new IssuedToken(token.id(), stronger, NOW, Optional.empty()),
            before.getFirst().secretHash()));
    assertEquals(before, tokens.export());
  }

  @Test
  void manyCanAskAtOnce() throws Exception {
    AccessTokens tokens = open();
    var ids = new HashSet<String>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Callable<String> createAndUse =
          () -> {
            AccessToken token = tokens.create(READER, NOW);
            assertTrue(tokens.verify(token.text(), NOW).isPresent());
            return token.id();
          };
      for (Future<String> id : threads.invokeAll(java.util.Collections.nCopies(30, createAndUse))) {
        ids.add(id.get());
      }
    }
    var listed = new HashSet<String>();
    tokens.list().forEach(token -> listed.add(token.id()));
    assertEquals(30, ids.size());
    assertEquals(ids, listed);
  }

  private static Optional<Instant> lastUseAfter(AccessTokens tokens, String token, Instant when) {
    assertTrue(tokens.verify(token, when).isPresent());
    return tokens.list().getFirst().lastUsed();
  }
}
