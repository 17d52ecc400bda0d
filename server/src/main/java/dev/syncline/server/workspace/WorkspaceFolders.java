package dev.syncline.server.workspace;

import dev.syncline.core.model.SyncException;
import dev.syncline.core.model.WorkspaceName;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;

/**
 * The folders of workspaces: each has a file that describes it, and its ledger.
 *
 * @param root where they are
 */
record WorkspaceFolders(Path root) {

  private static final String FILE = "workspace.yaml";
  private static final String LEDGER = "ledger.git";

  /** The workspaces that have a file, in the order of their names. */
  List<WorkspaceName> names() {
    if (!Files.isDirectory(root)) {
      return List.of();
    }
    try (var folders = Files.list(root)) {
      return folders
          .filter(folder -> Files.exists(folder.resolve(FILE)))
          .flatMap(folder -> name(folder).stream())
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new SyncException.Unavailable("can't list " + root, e);
    }
  }

  /** A workspace's file; empty if there is no such workspace. */
  Optional<String> text(WorkspaceName name) {
    Path file = file(name);
    try {
      return Files.exists(file) ? Optional.of(Files.readString(file)) : Optional.empty();
    } catch (IOException e) {
      throw new SyncException.Unavailable("can't read " + file, e);
    }
  }

  /** Writes a workspace's file; whoever reads it finds the old one or the new one. */
  void write(WorkspaceName name, String text) {
    Path file = file(name);
    Path fresh = file.resolveSibling(FILE + ".new");
    try {
      Files.createDirectories(file.getParent());
      try (var out =
          FileChannel.open(
              fresh,
              StandardOpenOption.CREATE,
              StandardOpenOption.WRITE,
              StandardOpenOption.TRUNCATE_EXISTING)) {
        var bytes = StandardCharsets.UTF_8.encode(text);
        while (bytes.hasRemaining()) {
          out.write(bytes);
        }
        out.force(true);
      }
      Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new SyncException.Unavailable("can't write " + file, e);
    }
  }

  /** Takes a workspace's file away; its ledger stays. */
  void forget(WorkspaceName name) {
    try {
      Files.deleteIfExists(file(name));
    } catch (IOException e) {
      throw new SyncException.Unavailable("can't delete " + file(name), e);
    }
  }

  Path ledger(WorkspaceName name) {
    return root.resolve(name.value()).resolve(LEDGER);
  }

  private Path file(WorkspaceName name) {
    return root.resolve(name.value()).resolve(FILE);
  }

  private static Optional<WorkspaceName> name(Path folder) {
    try {
      return Optional.of(new WorkspaceName(folder.getFileName().toString()));
    } catch (SyncException.Invalid e) {
      return Optional.empty();
    }
  }
}
