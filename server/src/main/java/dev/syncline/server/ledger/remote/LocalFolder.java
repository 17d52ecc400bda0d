package dev.syncline.server.ledger.remote;

import dev.syncline.core.model.SyncException;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.lib.RepositoryCache;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;
import org.eclipse.jgit.transport.Transport;
import org.eclipse.jgit.transport.URIish;
import org.eclipse.jgit.util.FS;

/** A repository in a folder of this machine. */
record LocalFolder(RemoteUrl url, File gitDirectory) {

  /** Those that can refuse a push or want to know of one. */
  private static final List<String> HOOKS =
      List.of(
          "pre-receive",
          "update",
          "post-receive",
          "post-update",
          "reference-transaction",
          "proc-receive");

  /**
   * Looks whether it is there.
   *
   * @throws SyncException.Unavailable if the folder is missing: its disk may come back
   * @throws SyncException.Invalid if it is no repository
   */
  static LocalFolder of(RemoteUrl url) {
    Path folder = Path.of(url.path());
    if (!Files.exists(folder)) {
      throw new SyncException.Unavailable(
          url + " is not there: its disk may be missing, or it was moved");
    }
    File found =
        Files.isDirectory(folder)
            ? RepositoryCache.FileKey.resolve(folder.toFile(), FS.DETECTED)
            : null;
    if (found == null) {
      throw new SyncException.Invalid(url + " is no Git repository");
    }
    return new LocalFolder(url, found);
  }

  URIish forJgit() {
    return new URIish().setPath(gitDirectory.getAbsolutePath());
  }

  /**
   * JGit would move a branch there by itself, and run none of the hooks that Git runs: where there
   * are any, Git does it.
   */
  void runItsHooks(Transport transport) {
    try (Repository repository = open()) {
      if (HOOKS.stream().anyMatch(hook -> FS.DETECTED.findHook(repository, hook) != null)) {
        transport.setOptionReceivePack("git -c core.fsync=committed,reference receive-pack");
      }
    }
  }

  /** Why a push can't go there; as Git itself would refuse it. */
  Optional<String> refusal(String ref) {
    try (Repository repository = open()) {
      if (repository.isBare()) {
        return Optional.empty();
      }
      Ref head = repository.exactRef(Constants.HEAD);
      return head != null && head.getTarget().getName().equals(ref)
          ? Optional.of(
              "the branch is checked out there, and its files would no longer be the branch's:"
                  + " use a bare repository, or check out another branch")
          : Optional.empty();
    } catch (IOException e) {
      throw new SyncException.Unavailable(url + " can't be read", e);
    }
  }

  private Repository open() {
    try {
      return new FileRepositoryBuilder().setGitDir(gitDirectory).setMustExist(true).build();
    } catch (IOException e) {
      throw new SyncException.Unavailable(url + " can't be read", e);
    }
  }
}
