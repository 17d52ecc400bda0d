package dev.syncline.server.remote;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.syncline.core.model.AccessScope;
import dev.syncline.core.model.AccessToken;
import dev.syncline.core.model.DocumentId;
import dev.syncline.core.model.Grant;
import dev.syncline.core.model.IssuedToken;
import dev.syncline.core.model.SyncException;
import dev.syncline.server.view.Archive;
import dev.syncline.server.view.Documents;
import dev.syncline.server.web.MemoryDocuments;
import dev.syncline.server.web.RunningServer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class RemoteServerTest {

  private static final DocumentId ONE = new DocumentId(1, 1);
  private static final DocumentId TWO = new DocumentId(2, 2);

  private final RunningServer server = new RunningServer();
  private final RemoteServer remote =
      new RemoteServer(server.uri("/"), RunningServer.ADMIN, Optional.empty());

  @AfterEach
  void stop() {
    remote.close();
    server.close();
  }

  @Test
  void documentsAreAddedShownExportedAndDeleted() throws Exception {
    byte[] file = new byte[3 << 20];
    new Random(1).nextBytes(file);
    Documents documents = remote.documents();
    assertEquals(
        new Documents.Added(1, 0, 0, 0), documents.add(ONE, new ByteArrayInputStream(file)));
    assertEquals(server.documents.show(ONE), documents.show(ONE));
    var out = new ByteArrayOutputStream();
    documents.export(ONE, out);
    assertArrayEquals(file, out.toByteArray());
    assertTrue(documents.delete(ONE));
    assertFalse(documents.delete(ONE));
    assertEquals(Optional.empty(), documents.show(ONE));
    assertThrows(
        SyncException.Invalid.class, () -> documents.export(ONE, OutputStream.nullOutputStream()));
  }

  @Test
  void documentsAreListedInPages() throws Exception {
    Documents documents = remote.documents();
    documents.add(ONE, InputStream.nullInputStream());
    documents.add(TWO, InputStream.nullInputStream());
    assertEquals(List.of(ONE), documents.list(Optional.empty(), 1));
    assertEquals(List.of(TWO), documents.list(Optional.of(ONE), 10));
  }

  @Test
  void tokensAreMadeListedAndRevoked() {
    var grant =
        new Grant(
            "phone",
            AccessScope.DOCUMENTS_READ,
            Set.of(ONE, TWO),
            Optional.of(Instant.parse("2027-01-31T12:00:00Z")));
    AccessToken made = remote.tokens().create(grant, Instant.EPOCH);
    assertEquals(
        List.of(new IssuedToken(made.id(), grant, RunningServer.NOW, Optional.empty())),
        remote.tokens().list());
    assertTrue(remote.tokens().revoke(made.id()));
    assertFalse(remote.tokens().revoke(made.id()));
    assertFalse(remote.tokens().revoke("no such/../id?"));
  }

  @Test
  void aBackupTellsWhatItHeldAndCanBeRestored() throws Exception {
    var zip = new ByteArrayOutputStream();
    Archive.Contents held = remote.archive().backup(zip);
    assertEquals(new Archive.Contents(3, 20, 2L * server.archive.size, 2, 1), held);
    assertEquals(held, remote.archive().restore(new ByteArrayInputStream(zip.toByteArray())));
  }

  @Test
  void failuresKeepTheirClassAndTheirSentence() {
    List<SyncException> failures =
        List.of(
            new SyncException.Invalid("not an Automerge file"),
            new SyncException.Denied("read only"),
            new SyncException.Unavailable("the disk is full", new IOException()),
            new SyncException.Corrupt("chunk 7 is damaged"));
    for (SyncException failure : failures) {
      server.documents.failure = failure;
      var seen =
          assertThrows(
              failure.getClass(),
              () -> remote.documents().add(MemoryDocuments.BROKEN, InputStream.nullInputStream()));
      assertEquals(failure.getMessage(), seen.getMessage());
    }
  }

  @Test
  void anExportThatBreaksHalfWayIsAFailure() {
    server.documents.brokenAfter = 1 << 20;
    var failure =
        assertThrows(
            SyncException.Unavailable.class,
            () ->
                remote.documents().export(MemoryDocuments.BROKEN, OutputStream.nullOutputStream()));
    assertTrue(String.valueOf(failure.getMessage()).contains("broke"), failure.getMessage());
  }

  @Test
  void aFileThatCanNotBeReadIsTheFilesFault() {
    var unreadable =
        new InputStream() {
          @Override
          public int read() throws IOException {
            throw new IOException("the stick was pulled out");
          }

          @Override
          public int read(byte[] bytes, int from, int length) throws IOException {
            return read();
          }
        };
    var failure = assertThrows(IOException.class, () -> remote.documents().add(ONE, unreadable));
    assertEquals("the stick was pulled out", failure.getMessage());
  }

  @Test
  void aWrongTokenIsDenied() {
    try (var stranger = new RemoteServer(server.uri(""), "wrong", Optional.empty())) {
      assertThrows(SyncException.Denied.class, () -> stranger.tokens().list());
      // Also when there is much to send.
      assertThrows(
          SyncException.Denied.class,
          () -> stranger.archive().restore(new ByteArrayInputStream(new byte[4 << 20])));
    }
  }

  @Test
  void nobodyThereIsSaidSo() throws Exception {
    int port;
    try (var socket = new ServerSocket(0)) {
      port = socket.getLocalPort();
    }
    try (var nobody =
        new RemoteServer(URI.create("http://127.0.0.1:" + port), "x", Optional.empty())) {
      var failure = assertThrows(SyncException.Unavailable.class, () -> nobody.tokens().list());
      assertEquals(
          "nothing listens at http://127.0.0.1:" + port + ": is the server running?",
          failure.getMessage());
    }
  }

  @Test
  void anAddressMustBeOneOfAServer() {
    for (String address : List.of("localhost:3030", "ftp://example.org", "/path")) {
      assertThrows(
          SyncException.Invalid.class,
          () -> new RemoteServer(URI.create(address), "x", Optional.empty()));
    }
  }
}
