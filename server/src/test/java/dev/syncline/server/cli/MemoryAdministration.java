package dev.syncline.server.cli;

import dev.syncline.core.model.AccessToken;
import dev.syncline.core.model.DocumentId;
import dev.syncline.core.model.Grant;
import dev.syncline.core.model.IssuedToken;
import dev.syncline.core.model.SealedToken;
import dev.syncline.core.model.SyncException;
import dev.syncline.core.port.AccessTokens;
import dev.syncline.server.view.Archive;
import dev.syncline.server.view.Documents;
import dev.syncline.server.view.Workspaces;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;

/**
 * What commands look after, in memory. A "change" of a document is a letter; D stands for a
 * whole-document chunk, and ! for damage.
 */
final class MemoryAdministration implements Administration, Documents, AccessTokens, Archive {

  final Map<DocumentId, String> stored = new TreeMap<>();
  final List<IssuedToken> issued = new ArrayList<>();
  private final Random random = new Random(1);

  @Override
  public Documents documents() {
    return this;
  }

  @Override
  public AccessTokens tokens() {
    return this;
  }

  @Override
  public Workspaces workspaces() {
    throw new UnsupportedOperationException("no command under test asks for workspaces here");
  }

  @Override
  public Archive archive() {
    return this;
  }

  @Override
  public List<DocumentId> list(Optional<DocumentId> after, int limit) {
    return stored.keySet().stream()
        .filter(id -> after.isEmpty() || id.compareTo(after.get()) > 0)
        .limit(limit)
        .toList();
  }

  @Override
  public Optional<Detail> show(DocumentId document) {
    return Optional.ofNullable(stored.get(document))
        .map(text -> new Detail(document, List.of("head"), text.length(), 0, text.length(), 1));
  }

  @Override
  public void export(DocumentId document, OutputStream out) throws IOException {
    out.write(stored.getOrDefault(document, "").getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public Added add(DocumentId document, InputStream file) throws IOException {
    int added = 0;
    int known = 0;
    int unreadable = 0;
    for (int c = file.read(); c >= 0; c = file.read()) {
      String before = stored.getOrDefault(document, "");
      if (c == '!') {
        throw new SyncException.Invalid("its checksum is wrong");
      } else if (c == 'D') {
        unreadable++;
      } else if (before.indexOf(c) >= 0) {
        known++;
      } else {
        added++;
        stored.put(document, before + (char) c);
      }
    }
    return new Added(added, known, 0, unreadable);
  }

  @Override
  public boolean delete(DocumentId document) {
    return stored.remove(document) != null;
  }

  @Override
  public AccessToken create(Grant grant, Instant now) {
    if (grant.expired(now)) {
      throw new SyncException.Invalid("it has expired already");
    }
    AccessToken token = AccessToken.generate(random);
    issued.add(new IssuedToken(token.id(), grant, now, Optional.empty()));
    return token;
  }

  @Override
  public Optional<Grant> verify(String token, Instant now) {
    return Optional.empty();
  }

  @Override
  public List<IssuedToken> list() {
    return List.copyOf(issued);
  }

  @Override
  public boolean revoke(String id) {
    return issued.removeIf(token -> token.id().equals(id));
  }

  @Override
  public List<SealedToken> export() {
    return List.of();
  }

  @Override
  public void restore(SealedToken token) {}

  @Override
  public Contents backup(OutputStream out) throws IOException {
    out.write("backup".getBytes(StandardCharsets.UTF_8));
    return new Contents(1, 2, 3 << 20, 4, 5);
  }

  @Override
  public Contents restore(InputStream file) throws IOException {
    String text = new String(file.readAllBytes(), StandardCharsets.UTF_8);
    if (!text.equals("backup")) {
      throw new SyncException.Invalid("this is no backup");
    }
    return new Contents(1, 1, 1, 1, 1);
  }
}
