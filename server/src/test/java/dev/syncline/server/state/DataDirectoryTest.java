package dev.syncline.server.state;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.syncline.core.model.SyncException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
final class DataDirectoryTest {

  private static final Instant NOW = Instant.parse("2026-11-21T09:00:00Z");

  @TempDir private Path parent;

  @Test
  void itIsMadeWithItsParents() {
    Path path = parent.resolve("a/b");
    try (var directory = DataDirectory.open(path, NOW)) {
      assertTrue(Files.isDirectory(directory.path()));
      assertTrue(directory.path().isAbsolute());
    }
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void nobodyElseCanLookIntoIt() throws IOException {
    Path path = parent.resolve("data");
    try (var directory = DataDirectory.open(path, NOW)) {
      assertEquals("rwx------", permissions(path));
      assertEquals("rw-------", permissions(directory.writePrivate("admin-token", "secret")));
    }
  }

  @Test
  void aSecondProcessIsRefusedAndHearsWhoWasFirst() throws Exception {
    try (var first = DirectoryHolder.start(parent)) {
      var refused =
          assertThrows(SyncException.Unavailable.class, () -> DataDirectory.open(parent, NOW));
      assertTrue(refused.toString().contains("process " + first.pid()), refused.toString());
      first.end();
    }
    DataDirectory.open(parent, NOW).close();
  }

  @Test
  void aKilledProcessLeavesItFree() throws Exception {
    try (var first = DirectoryHolder.start(parent)) {
      first.kill();
    }
    assertEquals(Optional.empty(), DataDirectory.running(parent));
    try (var directory = DataDirectory.open(parent, NOW)) {
      RunningServer running = DataDirectory.running(directory.path()).orElseThrow();
      assertEquals(ProcessHandle.current().pid(), running.pid());
      assertEquals(Optional.empty(), running.url(), "the killed one's address is forgotten");
    }
  }

  @Test
  void commandsFindTheServerThatRuns() throws Exception {
    try (var first = DirectoryHolder.start(parent)) {
      RunningServer running = DataDirectory.running(parent).orElseThrow();
      assertEquals(first.pid(), running.pid());
      assertEquals(Optional.of(URI.create("http://localhost:3030")), running.url());
      assertEquals("secret", Files.readString(running.adminToken().orElseThrow()));
      // Looking must not have taken the lock away from it.
      assertThrows(SyncException.Unavailable.class, () -> DataDirectory.open(parent, NOW));
      first.end();
    }
    assertEquals(Optional.empty(), DataDirectory.running(parent));
  }

  @Test
  void itIsTakenInTheSameProcessToo() {
    try (var directory = DataDirectory.open(parent, NOW)) {
      Path detour = directory.path().resolve("../" + directory.path().getFileName());
      assertThrows(SyncException.Unavailable.class, () -> DataDirectory.open(detour, NOW));
    }
    DataDirectory.open(parent, NOW).close();
  }

  @Test
  void whereThereIsNoneNobodyRuns() {
    assertEquals(Optional.empty(), DataDirectory.running(parent.resolve("none")));
    assertFalse(Files.exists(parent.resolve("none")), "looking makes nothing");
  }

  @Test
  void aFileInItsPlaceIsNamed() throws IOException {
    Path file = Files.writeString(parent.resolve("file"), "");
    for (Path path : new Path[] {file, file.resolve("below")}) {
      var refused = assertThrows(SyncException.class, () -> DataDirectory.open(path, NOW));
      assertTrue(refused.toString().contains("is a file"), refused.toString());
    }
  }

  @Test
  void theStorageIdStaysWithTheDirectory() {
    var first = UUID.fromString("00000000-0000-4000-8000-000000000001");
    try (var directory = DataDirectory.open(parent, NOW)) {
      assertEquals(first, StorageId.in(directory, () -> first).value());
    }
    try (var directory = DataDirectory.open(parent, NOW)) {
      assertEquals(first, StorageId.in(directory, UUID::randomUUID).value());
    }
  }

  @Test
  void aStorageIdThatIsNoneIsNotReplaced() {
    try (var directory = DataDirectory.open(parent, NOW)) {
      directory.writePrivate("storage-id", "not this");
      assertThrows(SyncException.Corrupt.class, () -> StorageId.in(directory, UUID::randomUUID));
    }
  }

  private static String permissions(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }
}
