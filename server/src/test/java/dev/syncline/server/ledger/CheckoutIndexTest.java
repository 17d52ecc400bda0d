package dev.syncline.server.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.syncline.testkit.LedgerSteps;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What Git says of a checkout whose ledger is Syncline's. */
final class CheckoutIndexTest {

  @TempDir Path repository;
  private GitLedger ledger;
  private LedgerSteps steps;

  @BeforeEach
  void open() throws IOException {
    NativeGit.need("git");
    NativeGit.git(repository, "init", "-q", "-b", "main");
    ledger =
        GitLedger.open(repository.resolve(".git"), LedgerSettings.with(InstantSource.system()));
    steps = LedgerSteps.of(ledger);
    write("a.md", "one\n");
    write("folder/b.md", "two\n");
    steps.record(steps.put("a.md", "one\n"), steps.put("folder/b.md", "two\n"));
    ledger.indexCheckout();
  }

  @AfterEach
  void close() {
    ledger.close();
  }

  @Test
  void itIsCleanWhenTheFilesAreWhatTheLedgerHas() throws IOException {
    assertEquals("", status());
    Files.delete(repository.resolve("a.md"));
    write("c.md", "three\n");
    steps.record(LedgerSteps.remove("a.md"), steps.put("c.md", "three\n"));
    ledger.indexCheckout();
    assertEquals("", status());
    assertEquals("c.md\nfolder/b.md", NativeGit.git(repository, "ls-files"));
  }

  @Test
  void whatIsDifferentInTheCheckoutIsShown() throws IOException {
    write("a.md", "changed\n");
    write("new.md", "new\n");
    assertEquals("M a.md\n?? new.md", status());
  }

  @Test
  void aLockThatSomebodyHoldsIsWaitedForUntilTheNextRun() throws IOException {
    Path lock = Files.writeString(repository.resolve(".git/index.lock"), "");
    write("a.md", "changed\n");
    steps.record(steps.put("a.md", "changed\n"));
    ledger.indexCheckout();
    assertTrue(Files.exists(lock), "it is not ours");
    Files.delete(lock);
    ledger.indexCheckout();
    assertEquals("", status());
  }

  @Test
  void aDamagedIndexIsWrittenAnew() throws IOException {
    Files.writeString(repository.resolve(".git/index"), "DIRC, or so it seems");
    steps.record(steps.put("a.md", "changed\n"));
    write("a.md", "changed\n");
    ledger.indexCheckout();
    assertEquals("", status());
  }

  private void write(String path, String text) throws IOException {
    Path file = repository.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private String status() {
    return NativeGit.git(repository, "status", "--porcelain");
  }
}
