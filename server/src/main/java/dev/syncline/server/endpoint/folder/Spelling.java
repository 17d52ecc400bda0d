package dev.syncline.server.endpoint.folder;

import dev.syncline.core.model.FilePath;
import dev.syncline.core.model.SyncException;
import dev.syncline.server.endpoint.folder.NameRules.Accents;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Which file of the ledger a path in the folder is. On a file system that gives back é in another
 * form than it was given, the base's spelling counts, and for what is new the composed form.
 *
 * <p>Changed by the endpoint's caller only, and not while a scan runs.
 */
final class Spelling {

  private final Names names;

  /** What the ledger doesn't spell in the composed form, by the folder and the composed form. */
  private final Map<String, String> unusual = new HashMap<>();

  Spelling(Names names) {
    this.names = names;
  }

  Names names() {
    return names;
  }

  /** What a path of the folder is in the ledger; empty if no ledger may hold such a path. */
  Optional<FilePath> toLedger(String where) {
    try {
      return Optional.of(new FilePath(spelled(where)));
    } catch (SyncException.Invalid _) {
      return Optional.empty();
    }
  }

  /** Notes how the ledger spells a path. */
  void learn(FilePath path) {
    if (names.rules().accents() == Accents.DIFFER) {
      return;
    }
    String text = path.value();
    for (int start = 0; start >= 0 && start < text.length(); ) {
      int slash = text.indexOf('/', start);
      String name = text.substring(start, slash < 0 ? text.length() : slash);
      String composed = Names.nfc(name);
      if (!composed.equals(name)) {
        unusual.put(text.substring(0, start) + composed, name);
      } else if (!unusual.isEmpty()) {
        unusual.remove(text.substring(0, start) + composed);
      }
      start = slash < 0 ? -1 : slash + 1;
    }
  }

  private String spelled(String where) {
    if (names.rules().keepEverything()) {
      return where;
    }
    var ledger = new StringBuilder(where.length());
    for (String name : where.split("/", -1)) {
      ledger.append(ledger.isEmpty() ? "" : "/");
      String meant = names.toLedger(name);
      if (names.rules().accents() == Accents.ARE_ONE) {
        meant = Names.nfc(meant);
        meant = unusual.getOrDefault(ledger + meant, meant);
      }
      ledger.append(meant);
    }
    return ledger.toString();
  }
}
