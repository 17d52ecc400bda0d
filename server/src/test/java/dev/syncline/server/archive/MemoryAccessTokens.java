package dev.syncline.server.archive;

import dev.syncline.core.model.AccessToken;
import dev.syncline.core.model.Grant;
import dev.syncline.core.model.IssuedToken;
import dev.syncline.core.model.SealedToken;
import dev.syncline.core.port.AccessTokens;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.NullMarked;

/** Tokens in a map, for backups only. */
@NullMarked
final class MemoryAccessTokens implements AccessTokens {

  private final Map<String, SealedToken> tokens = new LinkedHashMap<>();

  @Override
  public AccessToken create(Grant grant, Instant now) {
    throw new UnsupportedOperationException();
  }

  @Override
  public List<IssuedToken> list() {
    return tokens.values().stream().map(SealedToken::token).toList();
  }

  @Override
  public boolean revoke(String id) {
    return tokens.remove(id) != null;
  }

  @Override
  public Optional<Grant> verify(String token, Instant now) {
    return Optional.empty();
  }

  @Override
  public List<SealedToken> export() {
    return List.copyOf(tokens.values());
  }

  @Override
  public void restore(SealedToken token) {
    tokens.putIfAbsent(token.token().id(), token);
  }
}
