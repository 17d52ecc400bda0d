package dev.syncline.server.app;

import dev.syncline.core.model.LinkName;
import dev.syncline.core.port.Ledger;
import dev.syncline.server.ledger.GitLedger;
import dev.syncline.server.ledger.LedgerSettings;
import dev.syncline.server.ledger.NativeGit;
import dev.syncline.testkit.workspace.ConflictMatrix;
import dev.syncline.testkit.workspace.MatrixPlace;
import dev.syncline.testkit.workspace.MatrixStage;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The conflict matrix on real ledgers, folders and repositories. */
final class RealConflictMatrixTest {

  private static final LinkName OTHER = new LinkName("other");
  private static final LinkName LAPTOP = new LinkName("laptop");

  /** One ledger of so many is looked through, since that takes longer than all the rest. */
  private static final int CHECKED = 10;

  @TempDir Path directory;
  private final AtomicInteger stages = new AtomicInteger();

  @BeforeAll
  static void needsGit() {
    NativeGit.need("git");
  }

  @Test
  void betweenTwoFolders() {
    play((folder, ledger) ->
        new Real(
            ledger,
            MatrixFolder.of(folder.resolve("other"), OTHER),
            MatrixFolder.of(folder.resolve("laptop"), LAPTOP)));
  }

  @Test
  void betweenAFolderAndARepository() {
    play((folder, ledger) ->
        new Real(
            ledger,
            MatrixFolder.of(folder.resolve("other"), OTHER),
            MatrixRepository.of(folder.resolve("laptop"), LAPTOP, ledger)));
  }

  @Test
  void betweenARepositoryAndAFolder() {
    play((folder, ledger) ->
        new Real(
            ledger,
            MatrixRepository.of(folder.resolve("other"), OTHER, ledger),
            MatrixFolder.of(folder.resolve("laptop"), LAPTOP)));
  }

  private interface Opening {
    MatrixStage in(Path folder, GitLedger ledger);
  }

  private void play(Opening opening) {
    new ConflictMatrix(
            () -> {
              Path folder = folder(stages.getAndIncrement());
              var settings = LedgerSettings.with(InstantSource.system());
              return opening.in(folder, GitLedger.open(folder.resolve("ledger"), settings));
            },
            InstantSource.system())
        .play();
    for (int stage = 0; stage < stages.get(); stage += CHECKED) {
      NativeGit.mustBeSound(folder(stage).resolve("ledger"));
    }
  }

  private Path folder(int stage) {
    return directory.resolve("stage-" + stage);
  }

  private record Real(Ledger ledger, MatrixPlace other, MatrixPlace laptop) implements MatrixStage {

    @Override
    public void close() {
      other.endpoint().close();
      laptop.endpoint().close();
      ledger.close();
    }
  }
}
