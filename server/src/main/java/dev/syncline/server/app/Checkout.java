package dev.syncline.server.app;

import dev.syncline.core.model.SyncException;
import dev.syncline.core.plan.Run;
import dev.syncline.server.config.WorkspaceSettings;
import dev.syncline.server.ledger.GitLedger;
import dev.syncline.server.workspace.Watch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A ledger with its files beside it, as a Git repository with a checkout: the folder is a link like
 * any other, and after its runs Git's index is brought up to date.
 *
 * @param folder watches it
 */
record Checkout(Watch.Watching folder, GitLedger ledger) implements Watch.Watching {

  private static final String BRANCH = "ref: refs/heads/";

  /** Where the ledger of a repository is. */
  static Path ledger(Path repository) {
    return repository.resolve(".git");
  }

  /** The branch of a workspace's ledger: the one that is checked out, if there is one already. */
  static String branch(WorkspaceSettings settings) {
    Optional<Path> head =
        settings.repository().map(it -> ledger(it).resolve("HEAD")).filter(Files::exists);
    if (head.isEmpty()) {
      return "main";
    }
    try {
      String text = Files.readString(head.get()).strip();
      if (text.startsWith(BRANCH)) {
        return text.substring(BRANCH.length());
      }
      throw new SyncException.Invalid(
          settings.repository().get() + " has no branch checked out: git switch to one");
    } catch (IOException e) {
      throw new SyncException.Unavailable("can't read " + head.get(), e);
    }
  }

  @Override
  public void ended(Run run) {
    folder.ended(run);
    ledger.indexCheckout();
  }

  @Override
  public Optional<String> problem() {
    return folder.problem();
  }

  @Override
  public void close() {
    folder.close();
  }
}
