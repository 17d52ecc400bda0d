package dev.syncline.server.web;

import dev.syncline.core.model.AccessToken;
import dev.syncline.core.model.Grant;
import dev.syncline.core.model.IssuedToken;
import dev.syncline.core.model.SyncException;
import dev.syncline.core.port.IssuedTokens;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** Tokens in a list. */
public final class MemoryTokens implements IssuedTokens {

  private final Random random = new Random(7);
  private final List<IssuedToken> issued = new ArrayList<>();

  @Override
  public synchronized AccessToken create(Grant grant, Instant now) {
    if (grant.expired(now)) {
      throw new SyncException.Invalid("a token that has expired already is good for nothing");
    }
    AccessToken token = AccessToken.generate(random);
    issued.add(new IssuedToken(token.id(), grant, now, Optional.empty()));
    return token;
  }

  @Override
  public synchronized List<IssuedToken> list() {
    return List.copyOf(issued);
  }

  @Override
  public synchronized boolean revoke(String id) {
    return issued.removeIf(token -> token.id().equals(id));
  }
}
