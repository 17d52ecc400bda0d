package dev.syncline.server.endpoint.folder;

import dev.syncline.core.model.FileMode;
import dev.syncline.core.model.FileVersion;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Clears the working directory after a process that ended in the middle of its work. A file there
 * is one that we brought and that was not put in place, or one that we took away: if the ledger
 * knows its contents it can go, and if not somebody wrote it and it goes back.
 */
final class Recovery {

  private static final String OURS = "ours";
  private static final int MOST_NAMES = 1_000;

  private final FolderTree tree;
  private final HeldFolder held;

  Recovery(FolderTree tree, HeldFolder held) {
    this.tree = tree;
    this.held = held;
  }

  /** Brings everything to an end that was begun. */
  void run() throws IOException {
    List<String> left = list();
    if (left.isEmpty()) {
      Files.deleteIfExists(held.intents());
      return;
    }
    for (Intent intent : Intents.read(held.intents())) {
      if (left.contains(intent.taken())) {
        finish(intent, intent.taken());
      }
      if (left.contains(intent.fresh())) {
        finish(intent, intent.fresh());
      }
    }
    for (String name : list()) {
      // Without an intent nothing was done yet: it is a copy that was never put in place.
      delete(name);
    }
    Files.deleteIfExists(held.intents());
  }

  /** Gives a file back that somebody wrote: to its name, or if that is taken to one beside it. */
  static void giveBack(FolderTree tree, OpenFolder from, String name, String where)
      throws IOException {
    try (OpenFolder parent = parent(tree, where)) {
      String wanted = KnownFolder.nameOf(where);
      for (int i = 0; i < MOST_NAMES; i++) {
        try {
          tree.moves().moveIfFree(from, name, parent, i == 0 ? wanted : wanted + ".unseen-" + i);
          FolderTree.sync(parent.path());
          return;
        } catch (FileAlreadyExistsException _) {
          // The next name may be free.
        }
      }
      throw new IOException("there are a thousand files beside " + where + " already");
    }
  }

  private static OpenFolder parent(FolderTree tree, String where) throws IOException {
    try {
      String folder = KnownFolder.parentOf(where);
      try {
        return tree.open(folder);
      } catch (NoSuchFileException _) {
        return tree.make(folder);
      }
    } catch (NotDirectoryException _) {
      return tree.open("");
    }
  }

  private void finish(Intent intent, String name) throws IOException {
    Optional<FileVersion> left = version(name); // empty for a folder
    if (left.isPresent() && isKnown(left.get(), intent)) {
      boolean halfway = name.equals(intent.taken()) && intent.after().isPresent();
      if (halfway && isMissing(intent.where())) {
        giveBack(tree, held.work(), name, intent.where());
      } else {
        delete(name);
      }
    } else if (holds(intent.where(), intent.after())) {
      restore(intent, name);
    } else {
      giveBack(tree, held.work(), name, intent.where());
    }
  }

  /** Ours is in place of what somebody wrote and nobody has seen: theirs comes back. */
  private void restore(Intent intent, String name) throws IOException {
    try (OpenFolder parent = tree.open(KnownFolder.parentOf(intent.where()))) {
      tree.moves().take(parent, KnownFolder.nameOf(intent.where()), held.work(), OURS);
    }
    if (version(OURS).filter(it -> isContentOf(it, intent.after())).isEmpty()) {
      giveBack(tree, held.work(), OURS, intent.where()); // somebody wrote there again
    }
    giveBack(tree, held.work(), name, intent.where());
    delete(OURS);
  }

  private static boolean isKnown(FileVersion left, Intent intent) {
    return isContentOf(left, intent.before()) || isContentOf(left, intent.after());
  }

  private static boolean isContentOf(FileVersion left, Optional<FileVersion> version) {
    return version.filter(it -> it.content().equals(left.content())).isPresent();
  }

  private boolean isMissing(String where) throws IOException {
    try (OpenFolder parent = tree.open(KnownFolder.parentOf(where))) {
      return FileStat.ifThere(parent.file(KnownFolder.nameOf(where))).isEmpty();
    } catch (NoSuchFileException | NotDirectoryException _) {
      return true;
    }
  }

  private boolean holds(String where, Optional<FileVersion> version) throws IOException {
    if (version.isEmpty()) {
      return false;
    }
    try (OpenFolder parent = tree.open(KnownFolder.parentOf(where))) {
      return new FileGuard(tree.nativeFiles())
          .versionOf(parent.file(KnownFolder.nameOf(where)), version.get().mode())
          .equals(version);
    } catch (NoSuchFileException | NotDirectoryException _) {
      return false;
    }
  }

  private Optional<FileVersion> version(String name) throws IOException {
    return new FileGuard(tree.nativeFiles()).versionOf(held.work().file(name), FileMode.REGULAR);
  }

  private List<String> list() throws IOException {
    var names = new ArrayList<String>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(held.work().path())) {
      files.forEach(file -> names.add(RawName.of(file)));
    }
    return names;
  }

  private void delete(String name) throws IOException {
    Path file = held.work().file(name);
    if (FileStat.ifThere(file).filter(stat -> stat.kind() != FileStat.Kind.FOLDER).isPresent()) {
      Files.deleteIfExists(file);
    }
  }
}
