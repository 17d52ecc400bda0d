package dev.syncline.server.endpoint.folder;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.concurrent.atomic.AtomicBoolean;

/** Removes folders that hold nothing at all. */
final class EmptyFolders {

  private EmptyFolders() {}

  /** Removes a folder if it is empty; answers whether it is gone. */
  static boolean remove(FolderTree tree, String where) throws IOException {
    try (OpenFolder parent = tree.open(KnownFolder.parentOf(where))) {
      Path folder = parent.file(KnownFolder.nameOf(where));
      // Looked at first: deleting would remove a file as well.
      if (FileStat.of(folder).kind() != FileStat.Kind.FOLDER || !isEmpty(folder)) {
        return false;
      }
      Files.delete(folder);
      return true;
    } catch (NoSuchFileException _) {
      return true;
    } catch (DirectoryNotEmptyException | NotDirectoryException _) {
      return false;
    }
  }

  /** Removes a folder if it holds nothing but empty folders; answers whether it is gone. */
  static boolean removeAll(FolderTree tree, String where) throws IOException {
    var inside = new ArrayList<String>();
    var others = new AtomicBoolean();
    try (OpenFolder folder = tree.open(where)) {
      folder.list(
          name -> true,
          (name, stat) -> {
            if (stat.kind() == FileStat.Kind.FOLDER) {
              inside.add(name);
            } else {
              others.set(true);
            }
          });
    } catch (NoSuchFileException | NotDirectoryException _) {
      return false;
    }
    for (String name : inside) {
      if (others.get() || !removeAll(tree, IndexedFolder.join(where, name))) {
        return false;
      }
    }
    return !others.get() && remove(tree, where);
  }

  private static boolean isEmpty(Path folder) throws IOException {
    try (DirectoryStream<Path> inside = Files.newDirectoryStream(folder)) {
      return !inside.iterator().hasNext();
    }
  }
}
