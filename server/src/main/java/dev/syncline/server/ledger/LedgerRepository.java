package dev.syncline.server.ledger;

import java.io.IOException;
import java.nio.file.Path;
import org.eclipse.jgit.internal.storage.file.FileRepository;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;

/** A bare repository whose packs may be merged while it is read. Thread-safe. */
final class LedgerRepository extends FileRepository {

  LedgerRepository(Path folder) throws IOException {
    super(new FileRepositoryBuilder().setGitDir(folder.toFile()).setBare().setup());
  }

  @Override
  public ObjectReader newObjectReader() {
    return new LedgerReader(super.newObjectReader());
  }
}
