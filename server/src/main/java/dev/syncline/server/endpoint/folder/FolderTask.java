package dev.syncline.server.endpoint.folder;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountedCompleter;
import org.jspecify.annotations.Nullable;

/**
 * Looks at a folder and, as tasks of their own, at the folders in it. No task waits for another,
 * however deep the folders are: whichever ends last puts the folder that they are in together.
 */
final class FolderTask extends CountedCompleter<Optional<IndexedFolder>> {

  private static final long serialVersionUID = 1L;

  private final transient FolderScan scan;
  private final String where;
  private final transient IndexedFolder old;
  private final transient IndexedFolder now = new IndexedFolder();
  private final transient List<FolderTask> below = new ArrayList<>();
  private transient Optional<IndexedFolder> result = Optional.empty();
  private boolean same;

  /**
   * @param old what was known of the folder; not changed
   */
  FolderTask(
      @Nullable CountedCompleter<?> parent, FolderScan scan, String where, IndexedFolder old) {
    super(parent);
    this.scan = scan;
    this.where = where;
    this.old = old;
  }

  /** What is known now; empty if it is no folder any more, or can't be looked at. */
  @Override
  public Optional<IndexedFolder> getRawResult() {
    return result;
  }

  @Override
  public void compute() {
    try (OpenFolder folder = scan.tree().open(where)) {
      FolderListing listing = FolderListing.of(where, folder, scan.rules(), scan.findings());
      for (String name : listing.folders()) {
        String path = IndexedFolder.join(where, name);
        below.add(new FolderTask(this, scan, path, old.folder(name).orElseGet(IndexedFolder::new)));
      }
      setPendingCount(below.size());
      below.forEach(FolderTask::fork);
      boolean sameFiles = scan.intake().take(where, folder, listing.files(), old, now);
      same = scan.intake().dropMissing(where, old, now, listing) && sameFiles;
      result = Optional.of(now);
    } catch (NoSuchFileException | NotDirectoryException _) {
      scan.intake().dropAll(where, old);
      scan.rules().ignored().forget(where);
    } catch (IOException e) {
      scan.intake().dropAll(where, old);
      scan.intake().unseen(where, e);
      if (where.isEmpty()) {
        throw new UncheckedIOException(e);
      }
    }
    tryComplete();
  }

  @Override
  public void onCompletion(CountedCompleter<?> caller) {
    if (result.isEmpty()) {
      return;
    }
    for (FolderTask task : below) {
      String name = KnownFolder.nameOf(task.where);
      task.result.ifPresent(found -> now.putFolder(name, found));
      same &= task.result.filter(task.old::equals).isPresent() && old.folder(name).isPresent();
    }
    if (same) {
      result = Optional.of(old);
    } else {
      now.trim();
    }
    below.clear();
  }
}
