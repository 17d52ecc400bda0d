package dev.syncline.server.cli;

import dev.syncline.core.model.DocumentId;
import dev.syncline.core.model.SyncException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A storage folder of automerge-repo's NodeFSStorageAdapter: {@code <2 chars of the id>/<the
 * rest>/{snapshot,incremental}/<hash>}, each file holding Automerge chunks. Its {@code sync-state}
 * files and {@code storage-adapter-id} are of no use to another server.
 */
record NodeFsFolder(Path folder) {

  private static final int PREFIX_LENGTH = 2;

  /** In the order in which automerge-repo loads them. */
  private static final List<String> KINDS = List.of("snapshot", "incremental");

  /**
   * What one document consists of.
   *
   * @param name as the folders spell it
   * @param id empty if that is no document id
   */
  record Stored(String name, Optional<DocumentId> id, List<Path> files) {
    Stored {
      files = List.copyOf(files);
    }
  }

  /** All documents, in the order of their names. */
  List<Stored> documents() throws IOException {
    var documents = new ArrayList<Stored>();
    for (Path prefix : sorted(folder)) {
      if (!Files.isDirectory(prefix) || name(prefix).length() != PREFIX_LENGTH) {
        continue;
      }
      for (Path rest : sorted(prefix)) {
        List<Path> files = files(rest);
        if (!files.isEmpty()) {
          String name = name(prefix) + name(rest);
          documents.add(new Stored(name, id(name), files));
        }
      }
    }
    return documents;
  }

  private static List<Path> files(Path document) throws IOException {
    var files = new ArrayList<Path>();
    for (String kind : KINDS) {
      Path folder = document.resolve(kind);
      if (Files.isDirectory(folder)) {
        for (Path file : sorted(folder)) {
          if (Files.isRegularFile(file)) {
            files.add(file);
          }
        }
      }
    }
    return files;
  }

  private static Optional<DocumentId> id(String name) {
    try {
      return Optional.of(DocumentId.parse(name));
    } catch (SyncException.Invalid e) {
      return Optional.empty();
    }
  }

  private static List<Path> sorted(Path folder) throws IOException {
    try (var entries = Files.list(folder)) {
      return entries.sorted().toList();
    }
  }

  private static String name(Path path) {
    return String.valueOf(path.getFileName());
  }
}
