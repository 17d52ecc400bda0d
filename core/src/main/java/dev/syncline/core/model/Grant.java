package dev.syncline.core.model;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * What the holder of a token may do.
 *
 * @param name who or what the token was made for, 1 to 200 characters; need not be unique
 * @param documents the only documents that it is good for; all of them if empty
 * @param expires from this moment on it is good for nothing; never if empty. In milliseconds: what
 *     is finer is cut off
 */
public record Grant(
    String name, AccessScope scope, Set<DocumentId> documents, Optional<Instant> expires) {

  private static final int MAX_NAME = 200;

  public Grant {
    if (name.isBlank() || name.length() > MAX_NAME) {
      throw new SyncException.Invalid("a token's name has 1 to " + MAX_NAME + " characters");
    }
    if (scope == AccessScope.ADMIN && !documents.isEmpty()) {
      throw new SyncException.Invalid("an admin token can't be limited to documents");
    }
    documents = Set.copyOf(documents);
    expires = expires.map(moment -> Instant.ofEpochMilli(moment.toEpochMilli()));
  }

  /** Whether it is good for this use of this document; expiry was looked at by whoever gave it. */
  public boolean allows(AccessScope needed, DocumentId document) {
    return scope.includes(needed) && (documents.isEmpty() || documents.contains(document));
  }

  /** Whether it has come to its end. */
  public boolean expired(Instant now) {
    return expires.isPresent() && !now.isBefore(expires.get());
  }
}
