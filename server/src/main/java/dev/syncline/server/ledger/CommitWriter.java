package dev.syncline.server.ledger;

import dev.syncline.core.model.Author;
import java.io.UnsupportedEncodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.eclipse.jgit.lib.CommitBuilder;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.GpgSignature;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.PersonIdent;

/** Makes commits. Confined to the thread that commits. */
final class CommitWriter {

  /** The last moment of the year 9999: Git's programs don't read later ones. */
  private static final Instant LAST = Instant.ofEpochSecond(253_402_300_799L);

  private final FreshObjects objects;
  private final LedgerSettings settings;
  private final Instant now;

  /** Commits of one batch: all at the same time. */
  CommitWriter(FreshObjects objects, LedgerSettings settings) {
    this.objects = objects;
    this.settings = settings;
    this.now = settings.clock().instant();
  }

  /** The time of the batch, by the ledger's clock. */
  Instant now() {
    return now;
  }

  /** A commit that somebody made. */
  ObjectId write(ObjectId tree, List<ObjectId> parents, Author author, Instant at, String message) {
    var commit = new CommitBuilder();
    commit.setTreeId(tree);
    commit.setParentIds(parents);
    commit.setAuthor(person(author, at));
    commit.setCommitter(person(settings.committer(), now));
    commit.setEncoding(StandardCharsets.UTF_8);
    commit.setMessage(message);
    if (tree.equals(Stored.EMPTY_TREE)) {
      objects.add(Constants.OBJ_TREE, new byte[0]);
    }
    try {
      if (settings.signer().isPresent()) {
        String signature = settings.signer().get().sign(commit.build());
        commit.setGpgSignature(
            new GpgSignature(signature.stripTrailing().getBytes(StandardCharsets.US_ASCII)));
      }
      return objects.add(Constants.OBJ_COMMIT, commit.build());
    } catch (UnsupportedEncodingException e) {
      throw new IllegalStateException("every Java has UTF-8", e);
    }
  }

  /** A commit that nobody made alone. */
  ObjectId write(ObjectId tree, List<ObjectId> parents, String message) {
    return write(tree, parents, settings.committer(), now, message);
  }

  private static PersonIdent person(Author author, Instant at) {
    Instant earliest = at.isBefore(Instant.EPOCH) ? Instant.EPOCH : at;
    return new PersonIdent(
        author.name(), author.email(), earliest.isAfter(LAST) ? LAST : earliest, ZoneOffset.UTC);
  }
}
