package dev.syncline.server.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.syncline.core.model.SyncException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The connectors of relay-git-sync, as people have written them. */
final class ConnectorFileTest {

  private static final String RELAY = "85a06712-af14-47bc-a859-e8106cc786e8";
  private static final String FOLDER = "f47ac10b-58cc-4372-a567-0e02b2c3d479";
  private static final String OTHER = "11111111-1111-4111-8111-111111111111";

  @TempDir Path folder;

  @Test
  void whatIsLeftOutHasItsUsualValue() throws IOException {
    assertEquals(
        List.of(connector(FOLDER, "origin", "git@github.com:a/b.git", "main", "")),
        read(table(RELAY, FOLDER) + "url = \"git@github.com:a/b.git\"\n"));
  }

  @Test
  void allThatCanBeSaidIsRead() throws IOException {
    assertEquals(
        List.of(
            connector(FOLDER, "backup", "https://example.org/a.git", "notes", "a/b"),
            connector(OTHER, "origin", "ssh://git@example.org/c.git", "main", "")),
        read(
            "known_hosts = [\"x\"]\n[webhook]\nurl = \"y\"\n"
                + table(RELAY.toUpperCase(Locale.ROOT), FOLDER)
                + """
                url = "https://example.org/a.git"
                branch = "notes"
                remote_name = "Backup"
                prefix = "/a/b/"
                unknown = 7
                """
                + table(RELAY, OTHER)
                + "url = \"ssh://git@example.org/c.git\"\nprefix = \"\"\n"));
  }

  @Test
  void anEmptyFileHasNone() throws IOException {
    assertEquals(List.of(), read(""));
    assertEquals(List.of(), read("git_connector = 7\n"));
  }

  @Test
  void whatCanNotBeUsedIsSaidWithItsLine() throws IOException {
    String url = "url = \"x\"\n";
    refused(":1: ", "[[git_connector]\n");
    refused(":1: relay_id has to be a UUID", table("../../etc", FOLDER) + url);
    refused(":1: shared_folder_id has to be a UUID", table(RELAY, "x") + url);
    refused(
        ":1: shared_folder_id has to be a UUID",
        "[[git_connector]]\nrelay_id = \"" + RELAY + "\"\n" + url);
    refused(":1: it has no url", table(RELAY, FOLDER));
    refused(":1: it has no url", table(RELAY, FOLDER) + "url = \" \"\n");
    refused("is there twice", table(RELAY, FOLDER) + url + table(RELAY, FOLDER) + url);
    refused("can't name a link", table(RELAY, FOLDER) + url + "remote_name = \"a b\"\n");
  }

  @Test
  void aWorkspaceIsMadeOfIt() {
    assertEquals(
        """
        # Taken over.
        repository: "repos/%1$s/%2$s"
        links:
          relay:
            relay: %1$s-%2$s
            prefix: "a \\"b\\""
          origin:
            git: "x"
            branch: "main"
        """
            .formatted(RELAY, FOLDER),
        connector(FOLDER, "origin", "x", "main", "a \"b\"").text("Taken over."));
    assertTrue(
        connector(FOLDER, "relay", "x", "main", "").text("x").contains("  folder:\n    relay: "),
        "two links can't have one name");
  }

  private static Connector connector(
      String id, String name, String url, String branch, String prefix) {
    return new Connector(RELAY, id, Optional.of(new Connector.Remote(name, url, branch, prefix)));
  }

  private static String table(String relay, String id) {
    return "[[git_connector]]\nrelay_id = \"" + relay + "\"\nshared_folder_id = \"" + id + "\"\n";
  }

  private List<Connector> read(String text) throws IOException {
    return ConnectorFile.read(Files.writeString(folder.resolve(ConnectorFile.NAME), text));
  }

  private void refused(String part, String text) {
    var thrown = assertThrows(SyncException.Invalid.class, () -> read(text));
    assertTrue(String.valueOf(thrown.getMessage()).contains(part), thrown::getMessage);
  }
}
