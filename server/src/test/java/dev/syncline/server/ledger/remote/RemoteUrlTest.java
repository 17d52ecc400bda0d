package dev.syncline.server.ledger.remote;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.syncline.core.model.SyncException;
import dev.syncline.server.ledger.remote.RemoteUrl.Allowed;
import dev.syncline.server.ledger.remote.RemoteUrl.Scheme;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which addresses are spoken to. */
final class RemoteUrlTest {

  private static final Set<Allowed> ALL = EnumSet.allOf(Allowed.class);

  @ParameterizedTest
  @CsvSource({
    "https://github.com/a/b.git, HTTPS, github.com, -1, /a/b.git",
    "HTTPS://GitHub.com/a/b, HTTPS, github.com, -1, /a/b",
    "https://git.example.org:8443/b.git, HTTPS, git.example.org, 8443, /b.git",
    "https://[::1]:8443/b.git, HTTPS, [::1], 8443, /b.git",
    "http://localhost:3000/b.git, HTTP, localhost, 3000, /b.git",
    "ssh://git@example.org/a/b.git, SSH, example.org, -1, /a/b.git",
    "ssh://git@example.org:2222/~/b.git, SSH, example.org, 2222, /~/b.git",
    "git@github.com:a/b.git, SSH, github.com, -1, a/b.git",
    "file:///srv/git/b.git, FOLDER, '', -1, /srv/git/b.git",
    "file://localhost/srv/git/b%20c.git, FOLDER, '', -1, /srv/git/b c.git",
    "/srv/git/b.git, FOLDER, '', -1, /srv/git/b.git"
  })
  void whatIsSpokenTo(String text, Scheme scheme, String host, int port, String path) {
    assertEquals(new RemoteUrl(scheme, text, host, port, path), RemoteUrl.parse(text, ALL));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "github.com",
        "ext::sh -c touch% /tmp/x",
        "ext::sh",
        "fd::17/x",
        "transport::https://github.com/a",
        "-oProxyCommand=touch",
        "--upload-pack=touch",
        "ssh://-oProxyCommand=touch/x",
        "ssh://git@-oProxyCommand=touch/x",
        "ssh://-l@host/x",
        "git@-host:x",
        "-git@host:x",
        "git@host:-x",
        "git@host:",
        "ssh://host/x",
        "ssh://git@host",
        "ssh://git@host/",
        "https:///x",
        "https://github.com",
        "https://github.com/",
        "https://github.com:0/x",
        "https://github.com:99999/x",
        "https://github.com:x/x",
        "https://git hub.com/x",
        "https://github.com/x\ny",
        "https://github.com/x%0ay",
        "https://github.com/x%0D",
        "https://github.com\u0000/x",
        "https://github.com/x?token=1",
        "https://github.com/x#1",
        "https://[::1/x",
        "https://.github.com/x",
        "https://github.com\\@evil.org/x",
        "ftp://host/x",
        "git://host/x",
        "git+ssh://host/x",
        "javascript:alert(1)",
        "file://host/x",
        "relative/path.git",
        "../path.git",
        "~/path.git"
      })
  void whatIsNot(String text) {
    assertThrows(SyncException.Invalid.class, () -> RemoteUrl.parse(text, ALL));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://anna:hunter2@github.com/a/b",
        "https://hunter2@github.com/a/b",
        "https://anna:hunter2%40x@github.com/a/b",
        "https://anna:hunter2@/a",
        "http://x:hunter2@localhost/a",
        "ssh://git:hunter2@github.com/a/b",
        "https://github.com/a?access_token=hunter2",
        "ftp://anna:hunter2@host/x",
        "https://anna:hunter2@git hub/x",
        "anna:hunter2@github.com:a/b",
        "anna:hunter2@github.com/a/b"
      })
  void aSecretInAnAddressIsRefusedAndNeverRepeated(String text) {
    var thrown = assertThrows(SyncException.Invalid.class, () -> RemoteUrl.parse(text, ALL));
    assertFalse(RemoteStage.said(thrown).contains("hunter2"), RemoteStage.said(thrown));
  }

  @Test
  void foldersAndPlainHttpHaveToBeAllowed() {
    for (String folder : Set.of("file:///srv/b.git", "/srv/b.git", "http://example.org/b.git")) {
      assertThrows(SyncException.Invalid.class, () -> RemoteUrl.parse(folder, Set.of()));
    }
    assertTrue(RemoteUrl.parse("http://127.0.0.1:3000/b.git", Set.of()).isHttp());
    assertTrue(RemoteUrl.parse("http://example.org/b.git", Set.of(Allowed.PLAIN_HTTP)).isHttp());
  }
}
