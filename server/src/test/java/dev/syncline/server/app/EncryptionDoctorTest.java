package dev.syncline.server.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.syncline.server.cli.ExitCode;
import dev.syncline.server.endpoint.sealed.Keys;
import dev.syncline.server.ledger.NativeGit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What {@code syncline doctor} says of encryption. */
final class EncryptionDoctorTest {

  @TempDir Path folder;
  private Desk desk;
  private Path notes;
  private Path origin;
  private Path identity;

  @BeforeEach
  void start() throws IOException {
    NativeGit.need("git");
    desk = new Desk(folder);
    notes = Files.createDirectories(folder.resolve("notes"));
    Files.createDirectory(notes.resolve("secrets"));
    origin = NativeGit.bare(folder.resolve("origin.git"));
    identity = folder.resolve("identity");
    Files.writeString(identity, Keys.ADA.identity + "\n");
    if (OS.current() != OS.WINDOWS) {
      Files.setPosixFilePermissions(identity, PosixFilePermissions.fromString("rw-------"));
    }
    Files.writeString(notes.resolve("secrets/key"), "geheim\n");
    Files.writeString(notes.resolve("open"), "for all\n");
  }

  @AfterEach
  void stop() {
    desk.close();
  }

  @Test
  void whatIsEncryptedAndOpensIsOk() throws IOException {
    add(encrypted(Keys.ADA.recipient));
    desk.mustDo("sync");
    String said = fine();
    assertTrue(
        said.contains("ok       notes: encryption: key: it opens what is sealed here, for 1 re"),
        said);
    assertTrue(
        said.contains("ok       notes: encryption: age files: 1 age file was tried, and opened"),
        said);
    assertFalse(said.contains("clear files"), said);
    assertFalse(said.contains("key file"), said);
  }

  @Test
  void withoutAnIdentityItSaysWhichLinksDoNothing() throws IOException {
    add(encrypted(Keys.ADA.recipient).replaceFirst(" *identity-file: .*\n", ""));
    String said = wrong();
    assertTrue(said.contains("wrong    notes: encryption: key: "), said);
    assertTrue(said.contains("name the file of your age identity as `identity-file`"), said);
    assertTrue(said.contains("→ Until then nothing is done by desk and shelf."), said);
  }

  @Test
  void anIdentityOfNoRecipientIsNamed() throws IOException {
    add(encrypted(Keys.BOB.recipient));
    String said = wrong();
    assertTrue(said.contains("is of none of the `recipients`"), said);
    Files.delete(identity);
    String then = wrong();
    assertTrue(then.contains("can't read the secret in " + identity), then);
    assertTrue(then.contains("put your age identity there"), then);
  }

  @Test
  void aRecipientThatIsNoneIsNamed() throws IOException {
    add(encrypted(Keys.ADA.recipient));
    Path file = folder.resolve("data/workspaces/notes/workspace.yaml");
    Files.writeString(file, Files.readString(file).replace(Keys.ADA.recipient, "age1nobody"));
    String said = wrong();
    assertTrue(said.contains("could not be started: `age1nobody` is no recipient"), said);
    assertTrue(said.contains("→ Mend that, then syncline workspace add notes"), said);
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void anIdentityThatOthersCanReadIsWarnedOf() throws IOException {
    add(encrypted(Keys.ADA.recipient));
    Files.setPosixFilePermissions(identity, PosixFilePermissions.fromString("rw-r-----"));
    String said = fine();
    assertTrue(said.contains("warning  notes: encryption: key file: " + identity), said);
    assertTrue(said.contains("→ chmod 600 " + identity), said);
  }

  @Test
  void whatIsSealedForOthersIsNamed() throws IOException {
    Path clone = folder.resolve("clone");
    NativeGit.commit(origin, "main", "for all", Map.of("open", "for all\n"));
    NativeGit.git(folder, "clone", "-q", origin.toString(), clone.toString());
    Files.createDirectory(clone.resolve("secrets"));
    Files.write(clone.resolve("secrets/bob"), Keys.BOB.seal("Bob's"));
    NativeGit.git(clone, "add", "-A");
    NativeGit.git(clone, "commit", "-qm", "for Bob");
    NativeGit.git(clone, "push", "-q", "origin", "HEAD:main");
    add(encrypted(Keys.ADA.recipient));
    desk.run("sync");
    String said = fine();
    assertTrue(
        said.contains("age files were tried, and 1 not opened by any identity here: secrets/bob;"),
        said);
    assertTrue(said.contains("→ Add the identity that opens them to `identity-file`"), said);
  }

  @Test
  void whatIsStillInTheClearIsNamedAndCanBeMended() throws IOException {
    add(links());
    desk.mustDo("sync");
    assertEquals("geheim", NativeGit.git(origin, "show", "main:secrets/key"));
    add(encrypted(Keys.ADA.recipient));
    desk.mustDo("sync");
    String said = fine();
    assertTrue(
        said.contains("in the newest version 1 file that is to be encrypted and in the clear:"),
        said);
    assertTrue(said.contains("→ Take each out of its folder, syncline sync, and put it"), said);

    Files.move(notes.resolve("secrets/key"), folder.resolve("taken out"));
    desk.mustDo("sync");
    Files.createDirectories(notes.resolve("secrets"));
    Files.move(folder.resolve("taken out"), notes.resolve("secrets/key"));
    desk.mustDo("sync");
    String then = fine();
    assertFalse(then.contains("clear files"), then);
    assertTrue(NativeGit.git(origin, "show", "main:secrets/key").startsWith("age-encryption.org"));
    assertEquals("geheim\n", Files.readString(notes.resolve("secrets/key")));
  }

  /** What is said if nothing is wrong with the encryption; the machine may have other troubles. */
  private String fine() {
    String said = desk.run("doctor").out();
    assertTrue(said.contains(" notes: encryption: key: "), said);
    assertFalse(said.contains("wrong    notes: encryption"), said);
    return said;
  }

  private String wrong() {
    Desk.Ended ended = desk.run("doctor");
    assertEquals(ExitCode.UNAVAILABLE, ended.code(), ended.out() + ended.err());
    return ended.out();
  }

  private void add(String text) throws IOException {
    Path file = Files.writeString(folder.resolve("notes.yaml"), text);
    desk.mustDo("workspace", "add", "notes", file.toString());
  }

  private String encrypted(String recipient) {
    return links()
        + """
        encrypt:
          paths: ["secrets/**"]
          recipients: ["%s"]
          identity-file: %s
        """
            .formatted(recipient, identity);
  }

  private String links() {
    return """
    links:
      desk: {folder: "%s"}
      origin: {git: "%s"}
      shelf: {folder: "%s"}
    """
        .formatted(notes, origin, folder.resolve("shelf"));
  }
}
