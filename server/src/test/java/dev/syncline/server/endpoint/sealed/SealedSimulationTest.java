package dev.syncline.server.endpoint.sealed;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.syncline.core.model.ContentId;
import dev.syncline.core.model.FilePath;
import dev.syncline.core.model.FileVersion;
import dev.syncline.core.model.Glob;
import dev.syncline.core.model.LinkName;
import dev.syncline.core.model.PathMapping;
import dev.syncline.core.model.SyncException;
import dev.syncline.core.port.Ledger;
import dev.syncline.testkit.MemoryLedger;
import dev.syncline.testkit.SettableClock;
import dev.syncline.testkit.workspace.Disguise;
import dev.syncline.testkit.workspace.Histories;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Random;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Random histories of workspaces in which every endpoint is another machine that seals and opens
 * with the same key: what the general simulation promises holds for the clear texts, and the ledger
 * never has one.
 */
final class SealedSimulationTest {

  private static final int HISTORIES = Boolean.getBoolean("syncline.full") ? 2_000 : 30;
  private static final List<Glob> SECRET =
      List.of("d/**", "a*", "a*/**").stream().map(Glob::of).toList();

  @TempDir Path directory;
  private int ledgers;
  private long sealed;

  @Test
  void randomHistoriesKeepTheInvariantsInTheClear() {
    new Histories(this::open, Sealing::new).play(HISTORIES);
    assertTrue(sealed > HISTORIES, "secrets were kept");
  }

  private Ledger open(SettableClock clock) {
    ledgers++;
    return new MemoryLedger(clock);
  }

  private static boolean isSecret(FilePath inLedger) {
    return SECRET.stream().anyMatch(glob -> glob.matches(inLedger));
  }

  /** What the machines of one history have besides their folders. */
  private final class Sealing implements Disguise {

    private final Ledger ledger;
    private final Path folder = directory.resolve("machines-" + ledgers);
    private final Vault reader;
    private final Random random = new Random(ledgers);
    private AgeKeys keys = Keys.ADA.sealingFor(Keys.ADA);

    Sealing(Ledger ledger) {
      this.ledger = ledger;
      this.reader = new Vault(keys, path -> true, folder.resolve("reader"));
    }

    @Override
    public Dressed dress(LinkName link, PathMapping mapping, Dressed plain) {
      Predicate<FilePath> guarded =
          path -> mapping.toLedger(path).filter(SealedSimulationTest::isSecret).isPresent();
      var vault = new Vault(keys, guarded, folder.resolve(link.value()), 3);
      return new Dressed(
          new SealedEndpoint(plain.endpoint(), vault),
          SealedPolicy.around(plain.policies(), vault, ledger));
    }

    @Override
    public FileVersion plain(FilePath inLedger, FileVersion version) {
      if (!isFileThatIsSecret(inLedger, version)) {
        return version;
      }
      try {
        return version.withContent(reader.clear(version.content(), ledger).orElseThrow().id());
      } catch (SyncException.Corrupt _) {
        return version; // clear texts are nowhere in the ledger
      }
    }

    @Override
    public byte[] read(FilePath inLedger, FileVersion version) {
      if (!isFileThatIsSecret(inLedger, version)) {
        return ledger.read(version.content());
      }
      try (InputStream in = reader.open(version.content(), ledger)) {
        return in.readAllBytes();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public void check(FilePath inLedger, FileVersion version) {
      if (!isFileThatIsSecret(inLedger, version)) {
        return;
      }
      ContentId content = version.content();
      if (!Vault.isSealed(content, ledger)) {
        throw new AssertionError(inLedger + " is in the clear: " + version);
      }
      sealed++;
    }

    @Override
    public boolean isNone() {
      return false;
    }

    /** Somebody else becomes a recipient, or is one no longer; and tables are lost and torn. */
    @Override
    public void rest() {
      if (random.nextInt(3) == 0) {
        keys =
            random.nextBoolean()
                ? Keys.ADA.sealingFor(Keys.ADA)
                : Keys.ADA.sealingFor(Keys.ADA, Keys.BOB);
      }
      try (var machines = Files.list(folder)) {
        for (Path machine : machines.toList()) {
          if (!machine.endsWith("reader") && random.nextInt(4) == 0) {
            cut(machine.resolve("table"));
          }
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private void cut(Path table) throws IOException {
      try (var channel = FileChannel.open(table, StandardOpenOption.WRITE)) {
        channel.truncate(random.nextLong(channel.size() + 1));
      }
    }

    private boolean isFileThatIsSecret(FilePath inLedger, FileVersion version) {
      return version.mode().isFile() && isSecret(inLedger);
    }
  }
}
