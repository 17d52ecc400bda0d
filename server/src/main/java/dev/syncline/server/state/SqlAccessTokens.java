package dev.syncline.server.state;

import dev.syncline.core.model.AccessToken;
import dev.syncline.core.model.Grant;
import dev.syncline.core.model.IssuedToken;
import dev.syncline.core.model.SealedToken;
import dev.syncline.core.model.Sha256;
import dev.syncline.core.model.SyncException;
import dev.syncline.core.port.AccessTokens;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Tokens in the database. Nothing is cached, so that a token that another process revokes is
 * refused at once too.
 */
public final class SqlAccessTokens implements AccessTokens {

  private static final Duration USE_NOTED_EVERY = Duration.ofMinutes(1);

  private final Database database;
  private final RandomGenerator random;

  /**
   * @param random must be one that nobody can guess, and thread-safe
   */
  public SqlAccessTokens(Database database, RandomGenerator random) {
    this.database = database;
    this.random = random;
  }

  @Override
  public AccessToken create(Grant grant, Instant now) {
    if (grant.expired(now)) {
      throw new SyncException.Invalid("the token would have expired already");
    }
    return database.write(connection -> {
      while (true) {
        AccessToken token = AccessToken.generate(random);
        var issued = new IssuedToken(token.id(), grant, now, Optional.empty());
        // An id is short enough to be drawn twice in a long life.
        if (TokenTable.insert(connection, new SealedToken(issued, sha256(token)))) {
          return token;
        }
      }
    });
  }

  @Override
  public Optional<Grant> verify(String token, Instant now) {
    AccessToken presented;
    try {
      presented = AccessToken.parse(token);
    } catch (SyncException.Invalid e) {
      // Nothing that could be in the database: refused without a look at it.
      return Optional.empty();
    }
    Optional<SealedToken> known =
        database.read(connection -> TokenTable.find(connection, presented.id()));
    if (known.isEmpty() || !same(known.get().secretHash(), sha256(presented))) {
      return Optional.empty();
    }
    IssuedToken issued = known.get().token();
    if (issued.grant().expired(now)) {
      return Optional.empty();
    }
    if (isDue(issued.lastUsed(), now)) {
      noteUse(issued.id(), now);
    }
    return Optional.of(issued.grant());
  }

  @Override
  public List<IssuedToken> list() {
    return export().stream().map(SealedToken::token).toList();
  }

  @Override
  public boolean revoke(String id) {
    return database.write(connection -> TokenTable.delete(connection, id));
  }

  @Override
  public List<SealedToken> export() {
    return database.read(TokenTable::all);
  }

  @Override
  public void restore(SealedToken token) {
    // Whether it was put in is no matter: one that is here already stays as it is.
    boolean ignored = database.write(connection -> TokenTable.insert(connection, token));
  }

  /** In either direction, since a clock that was wrong may have been put right. */
  private static boolean isDue(Optional<Instant> lastUsed, Instant now) {
    return lastUsed.isEmpty()
        || Duration.between(lastUsed.get(), now).abs().compareTo(USE_NOTED_EVERY) >= 0;
  }

  private void noteUse(String id, Instant now) {
    try {
      database.write(connection -> TokenTable.noteUse(connection, id, now));
    } catch (SyncException.Unavailable | SyncException.Denied e) {
      // Only a note for people: a full disk must not lock out those who may come in.
      return;
    }
  }

  /** In a time that doesn't depend on where they differ. */
  private static boolean same(String expected, String actual) {
    return MessageDigest.isEqual(
        expected.getBytes(StandardCharsets.UTF_8), actual.getBytes(StandardCharsets.UTF_8));
  }

  /** The secret's 200 random bits need no salt and no slow hash. */
  private static String sha256(AccessToken token) {
    return Sha256.hex(token.secret().getBytes(StandardCharsets.UTF_8));
  }
}
