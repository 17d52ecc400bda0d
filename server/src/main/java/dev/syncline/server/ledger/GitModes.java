package dev.syncline.server.ledger;

import dev.syncline.core.model.ContentId;
import dev.syncline.core.model.FileMode;
import dev.syncline.core.model.FileVersion;
import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.lib.AnyObjectId;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;

/** The modes of a tree's entries, and their ids, in the domain's words. */
final class GitModes {

  static final int TREE = 0_040000;

  private static final int TYPE = 0_170000;
  private static final int FILE = 0_100000;
  private static final int LINK = 0_120000;
  private static final int COMMIT = 0_160000;
  private static final int RUNNABLE = 0_000111;

  private GitModes() {}

  /** The mode that Git writes today. */
  static int bits(FileMode mode) {
    return switch (mode) {
      case REGULAR -> FILE | 0_644;
      case EXECUTABLE -> FILE | 0_755;
      case SYMLINK -> LINK;
      case GITLINK -> COMMIT;
    };
  }

  /** What an entry is, also with modes of older Gits; empty if it is nothing that Git knows. */
  static Optional<FileMode> mode(int bits) {
    return switch (bits & TYPE) {
      case FILE -> Optional.of((bits & RUNNABLE) == 0 ? FileMode.REGULAR : FileMode.EXECUTABLE);
      case LINK -> Optional.of(FileMode.SYMLINK);
      case COMMIT -> Optional.of(FileMode.GITLINK);
      default -> Optional.empty();
    };
  }

  static boolean isTree(int bits) {
    return (bits & TYPE) == TREE;
  }

  static ContentId content(AnyObjectId id) {
    byte[] raw = new byte[Constants.OBJECT_ID_LENGTH];
    id.copyRawTo(raw, 0);
    return ContentId.of(raw);
  }

  static ObjectId id(ContentId content) {
    return ObjectId.fromRaw(content.bytes());
  }

  /** What an entry holds; empty if its mode is nothing that Git knows. */
  static Optional<FileVersion> version(int bits, AnyObjectId id) {
    return mode(bits).map(mode -> new FileVersion(content(id), mode));
  }

  static TreeEntry entry(String name, FileVersion version) {
    return new TreeEntry(name, bits(version.mode()), id(version.content()));
  }

  /** What the entry of that name holds; empty if there is none. */
  static Optional<FileVersion> version(List<TreeEntry> entries, String name) {
    return entries.stream()
        .filter(entry -> entry.name().equals(name))
        .findFirst()
        .flatMap(entry -> version(entry.bits(), entry.id()));
  }
}
