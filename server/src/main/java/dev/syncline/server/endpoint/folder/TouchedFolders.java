package dev.syncline.server.endpoint.folder;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Set;

/** Folders in which names came or went. */
final class TouchedFolders {

  private final FolderTree tree;
  private final Set<String> all = new HashSet<>();
  private final Set<String> emptied = new HashSet<>();

  TouchedFolders(FolderTree tree) {
    this.tree = tree;
  }

  void touched(String folder) {
    all.add(folder);
  }

  /** A file was removed from a folder: it may be empty now. */
  void removedFrom(String folder) {
    emptied.add(folder);
  }

  /** Makes the names survive a power cut. */
  void sync() throws IOException {
    var open = new ArrayList<FileChannel>();
    for (String where : all) {
      try (OpenFolder folder = tree.open(where)) {
        FolderTree.names(folder.path()).ifPresent(open::add);
      } catch (NoSuchFileException | NotDirectoryException _) {
        // Somebody removed it, and what was in it.
      }
    }
    all.clear();
    ForcedTogether.force(open);
  }

  /** Removes the folders that are empty now: a ledger knows none. */
  void removeEmptied(KnownFolder known) throws IOException {
    for (String folder : emptied) {
      String at = folder;
      while (!at.isEmpty() && EmptyFolders.remove(tree, at)) {
        known.removeFolder(at);
        at = KnownFolder.parentOf(at);
      }
      touched(at);
    }
    emptied.clear();
    sync();
  }
}
