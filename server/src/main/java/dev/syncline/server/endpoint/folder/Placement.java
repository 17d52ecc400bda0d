package dev.syncline.server.endpoint.folder;

import dev.syncline.core.model.FilePath;
import java.util.Optional;

/** Where in the folder a file of the ledger is, or is to be. */
final class Placement {

  private static final int MOST_NAMESAKES = 200;

  private final Spelling spelling;
  private final Names names;
  private final IndexedFolder root;

  Placement(Spelling spelling, IndexedFolder root) {
    this.spelling = spelling;
    this.names = spelling.names();
    this.root = root;
  }

  /** Where a file is; where it would be if it is not in the index. */
  String existing(FilePath path) {
    return names.rules().keepEverything() ? path.value() : find(path.value(), Choice.PLAIN);
  }

  /**
   * Where a file is, or else where it can be without taking the name of another; empty if another
   * differs from it in nothing but the form of its accents.
   */
  Optional<String> free(FilePath path) {
    if (names.rules().keepEverything()) {
      return Optional.of(path.value());
    }
    String where = find(path.value(), Choice.UNLIKE_OTHERS);
    return where.isEmpty() ? Optional.empty() : Optional.of(where);
  }

  private enum Choice {
    PLAIN,
    UNLIKE_OTHERS
  }

  private String find(String path, Choice choice) {
    var where = new StringBuilder(path.length());
    Optional<IndexedFolder> at = Optional.of(root);
    int start = 0;
    while (start <= path.length()) {
      int slash = path.indexOf('/', start);
      int end = slash < 0 ? path.length() : slash;
      String before = where.toString();
      String name =
          at.isEmpty()
              ? names.toFolder(path.substring(start, end))
              : name(before, at.get(), path.substring(0, end), path.substring(start, end), choice);
      if (name.isEmpty()) {
        return "";
      }
      where.append(where.isEmpty() ? "" : "/").append(name);
      at = at.flatMap(folder -> folder.folder(name));
      start = end + 1;
    }
    return where.toString();
  }

  private String name(
      String where, IndexedFolder folder, String ledgerPath, String ledgerName, Choice choice) {
    String plain = names.toFolder(ledgerName);
    if (isThere(folder, plain) && means(where, plain, ledgerPath)) {
      return plain;
    }
    boolean collides = false;
    for (int i = 0; i < folder.count() + folder.folderCount(); i++) {
      String other = i < folder.count() ? folder.name(i) : folder.folderName(i - folder.count());
      if (means(where, other, ledgerPath)) {
        return other;
      }
      if (choice == Choice.UNLIKE_OTHERS && sameButForAccents(other, plain)) {
        return "";
      }
      collides |= names.key(other).equals(names.key(plain));
    }
    return collides && choice == Choice.UNLIKE_OTHERS ? unlikeOthers(folder, ledgerName) : plain;
  }

  private boolean sameButForAccents(String one, String other) {
    return names.rules().accents() == NameRules.Accents.ARE_ONE
        && Names.nfc(one).equals(Names.nfc(other));
  }

  private String unlikeOthers(IndexedFolder folder, String ledgerName) {
    for (int avoiding = 1; avoiding < MOST_NAMESAKES; avoiding++) {
      String name = names.toFolder(ledgerName, avoiding);
      if (!collides(folder, name)) {
        return name;
      }
    }
    return names.toFolder(ledgerName);
  }

  private boolean collides(IndexedFolder folder, String name) {
    String key = names.key(name);
    for (int i = 0; i < folder.count(); i++) {
      if (names.key(folder.name(i)).equals(key)) {
        return true;
      }
    }
    for (int i = 0; i < folder.folderCount(); i++) {
      if (names.key(folder.folderName(i)).equals(key)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isThere(IndexedFolder folder, String name) {
    return folder.find(name) >= 0 || folder.folder(name).isPresent();
  }

  private boolean means(String where, String name, String ledgerPath) {
    return spelling
        .toLedger(IndexedFolder.join(where, name))
        .filter(path -> path.value().equals(ledgerPath))
        .isPresent();
  }
}
