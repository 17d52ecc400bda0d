package dev.syncline.server.ledger.remote;

import dev.syncline.core.model.LinkName;
import dev.syncline.server.ledger.Durable;
import dev.syncline.server.ledger.RemoteHistory;
import dev.syncline.server.ledger.WholeFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;

/**
 * Where a fetch lands: a repository beside the ledger's that sees the ledger's objects, and whose
 * own the ledger doesn't see before they were looked at. What is not let in leaves no trace.
 * Confined to the thread that fetches.
 */
final class Quarantine implements AutoCloseable {

  private final Path folder;
  private final Path ledgerPacks;
  private final IncomingRepository repository;

  private Quarantine(Path folder, Path ledgerPacks, IncomingRepository repository) {
    this.folder = folder;
    this.ledgerPacks = ledgerPacks;
    this.repository = repository;
  }

  /** A link has one fetch at a time; what a crash left behind is in its way, and so is removed. */
  static Quarantine open(RemoteHistory ledger, LinkName link, RemoteLimits limits)
      throws IOException {
    Path objects = ledger.repository().getDirectory().toPath().resolve("objects");
    Path folder = ledger.incoming(link);
    WholeFolder.remove(folder);
    Files.createDirectories(folder.resolve("objects/pack"));
    Files.createDirectories(folder.resolve("refs"));
    var builder =
        new FileRepositoryBuilder()
            .setGitDir(folder.toFile())
            .setBare()
            .addAlternateObjectDirectory(objects.toFile())
            .setup();
    return new Quarantine(folder, objects.resolve("pack"), new IncomingRepository(builder, limits));
  }

  IncomingRepository repository() {
    return repository;
  }

  /**
   * Lets all of it into the ledger, durable when it returns: JGit has synced what is in the packs
   * and their indexes, the names are ours to sync.
   */
  void release() throws IOException {
    Path packs = folder.resolve("objects/pack");
    List<Path> found;
    try (var files = Files.list(packs)) {
      found = files.filter(file -> file.toString().endsWith(".pack")).toList();
    }
    Files.createDirectories(ledgerPacks);
    for (Path pack : found) {
      // The index last: whoever sees it finds its pack.
      move(pack);
      move(pack.resolveSibling(pack.getFileName().toString().replace(".pack", ".idx")));
    }
    Durable.names(ledgerPacks);
  }

  @Override
  public void close() throws IOException {
    repository.close();
    WholeFolder.remove(folder);
  }

  private void move(Path file) throws IOException {
    Path target = ledgerPacks.resolve(file.getFileName());
    // A pack is named after what is in it: one that is there already is the same.
    if (!Files.exists(target)) {
      Files.move(file, target, StandardCopyOption.ATOMIC_MOVE);
    }
  }
}
