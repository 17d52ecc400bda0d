package dev.syncline.server.ledger;

import dev.syncline.core.merge.Conflict;
import dev.syncline.core.model.Base;
import dev.syncline.core.model.Changes;
import dev.syncline.core.model.PathMapping;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;

/** Reads what links agreed on, and the conflicts that wait. Thread-safe. */
final class AgreedFiles {

  private final Stored stored;

  /** Conflicts by their commits: there can be many, and they rarely change. Guarded by this. */
  private Map<ObjectId, Conflict> conflicts = new HashMap<>();

  AgreedFiles(Stored stored) {
    this.stored = stored;
  }

  /** What the link of a ref agreed on; with no files if it never ran. */
  Base base(LedgerState state, String ref) {
    Optional<ObjectId> id = state.refs().get(ref);
    if (id.isEmpty()) {
      var nothing = new TreeSnapshot(stored, Stored.EMPTY_TREE);
      return new Base(nothing, Changes.NONE, 0, PathMapping.WHOLE, Optional.empty(), Instant.EPOCH);
    }
    try (ObjectReader reader = stored.reader();
        var walk = new RevWalk(reader)) {
      RevCommit commit = walk.parseCommit(id.get());
      BaseText text =
          BaseText.parse(commit.getFullMessage())
              .filter(it -> RefNames.base(it.link()).equals(ref))
              .orElseThrow(
                  () -> GitFailure.damaged(stored.path(), ref + " is not what Syncline writes"));
      var files = new TreeSnapshot(stored, commit.getTree().copy());
      Changes offered = offered(walk, text, files).followedBy(text.besides());
      return new Base(files, offered, text.count(), text.mapping(), text.tip(), text.at());
    } catch (IOException e) {
      throw GitFailure.reading(stored.path(), ref, e);
    }
  }

  private Changes offered(RevWalk walk, BaseText text, TreeSnapshot files) throws IOException {
    if (text.offered().isEmpty()) {
      return Changes.NONE;
    }
    ObjectId tree = walk.parseCommit(GitIds.id(text.offered().get())).getTree().copy();
    return new TreeSnapshot(stored, tree).since(files);
  }

  /** The conflicts that wait, oldest first. */
  synchronized List<Conflict> conflicts(LedgerState state) {
    var open = new HashMap<ObjectId, Conflict>();
    try (ObjectReader reader = stored.reader()) {
      for (Map.Entry<String, PackedRefs.Target> ref :
          state.refs().under(RefNames.CONFLICTS).entrySet()) {
        ObjectId id = ref.getValue().id();
        Conflict known = conflicts.get(id);
        open.put(id, known == null ? read(reader, ref.getKey(), id) : known);
      }
    }
    conflicts = open;
    var sorted = new ArrayList<>(open.values());
    sorted.sort(Comparator.comparing(Conflict::since).thenComparing(it -> it.id().value()));
    return sorted;
  }

  private Conflict read(ObjectReader reader, String ref, ObjectId id) {
    try (var walk = new RevWalk(reader)) {
      RevCommit commit = walk.parseCommit(id);
      byte[] tree =
          reader.open(commit.getTree(), Constants.OBJ_TREE).getCachedBytes(Integer.MAX_VALUE);
      return ConflictText.parse(commit.getFullMessage(), TreeText.parse(tree))
          .filter(conflict -> RefNames.conflict(conflict.id()).equals(ref))
          .orElseThrow(
              () -> GitFailure.damaged(stored.path(), ref + " is not what Syncline writes"));
    } catch (IOException e) {
      throw GitFailure.reading(stored.path(), ref, e);
    }
  }
}
