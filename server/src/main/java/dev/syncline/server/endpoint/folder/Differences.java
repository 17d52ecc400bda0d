package dev.syncline.server.endpoint.folder;

import dev.syncline.core.model.Changes;
import dev.syncline.core.model.FileChange;
import dev.syncline.core.model.FilePath;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** What in a folder differs from the base, after it was looked at. */
final class Differences {

  private final KnownFolder known;
  private final ScanRules rules;
  private final KnownBase files;
  private final ScanFindings findings;

  Differences(KnownFolder known, ScanRules rules, KnownBase files, ScanFindings findings) {
    this.known = known;
    this.rules = rules;
    this.files = files;
    this.findings = findings;
  }

  /** All where it was looked. */
  Changes all(ScanScope scope) {
    var changes = present(scope);
    for (FilePath path : known.absent()) {
      if (isRemoved(path, scope)) {
        files.at(path).ifPresent(version -> changes.put(path, new FileChange.Removed(version)));
      }
    }
    return Changes.of(changes);
  }

  /**
   * What came and what changed. A file where a folder was, or the other way round, comes with the
   * removals: before, both would be there.
   */
  Changes withoutRemovals(ScanScope scope) {
    var changes = present(scope);
    Set<FilePath> absent = known.absent();
    var folders = new HashSet<FilePath>();
    for (FilePath path : absent) {
      var at = path.parent();
      while (at.isPresent() && folders.add(at.get())) {
        at = at.get().parent();
      }
    }
    changes.keySet().removeIf(path -> folders.contains(path) || isBelow(path, absent));
    return Changes.of(changes);
  }

  private Map<FilePath, FileChange> present(ScanScope scope) {
    var changes = new TreeMap<FilePath, FileChange>();
    for (String target : scope.targets()) {
      add(target, known.nodeOf(target), changes);
      String name = KnownFolder.nameOf(target);
      known
          .folderOf(target)
          .filter(parent -> !name.isEmpty())
          .ifPresent(parent -> {
            int at = parent.find(name);
            if (at >= 0) {
              add(target, parent, at, changes);
            }
          });
    }
    return changes;
  }

  private void add(String where, IndexedFolder folder, Map<FilePath, FileChange> into) {
    folder.forEach(
        where,
        (at, each) -> {
          for (int i = 0; i < each.count(); i++) {
            add(IndexedFolder.join(at, each.name(i)), each, i, into);
          }
        });
  }

  private void add(String where, IndexedFolder folder, int at, Map<FilePath, FileChange> into) {
    if (folder.isAgreed(at) || folder.isUnread(at)) {
      return;
    }
    Optional<FilePath> path = rules.spelling().toLedger(where);
    if (path.isPresent()) {
      var change = FileChange.between(files.at(path.get()), folder.entry(at).version());
      change.ifPresentOrElse(it -> into.put(path.get(), it), () -> folder.agree(at, true));
    }
  }

  private boolean isRemoved(FilePath path, ScanScope scope) {
    String where = new Placement(rules.spelling(), known.root()).existing(path);
    return scope.covers(where)
        && !rules.ignored().ignoresOrIsUnder(where)
        && !findings.unseen().containsKey(path)
        && !isBelow(path, findings.unseen().keySet())
        && !isBelow(path, rules.foreign());
  }

  private static boolean isBelow(FilePath path, Set<FilePath> folders) {
    return path.above().anyMatch(folders::contains);
  }
}
