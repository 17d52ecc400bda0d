package dev.syncline.server.cli;

import dev.syncline.server.config.Connector;
import dev.syncline.server.config.ConnectorFile;
import dev.syncline.server.config.Uuid;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** A data directory of relay-git-sync. It is only read. */
final class RelayGitSyncFolder {

  private static final Pattern REMOTE =
      Pattern.compile("\\[remote \"([a-z0-9][a-z0-9._-]*)\"\\][^\\[]*?\\n\\s*url\\s*=\\s*(\\S+)");

  /** Keys, as its versions have called them, and where we look for them. */
  private static final Map<String, String> KEYS =
      Map.of(
          "ssh/git_sync_key", "ssh/git_sync_key",
          "ssh/git_sync_key.pub", "ssh/git_sync_key.pub",
          "ssh_keys/id_rsa", "ssh/id_rsa",
          "ssh_keys/id_rsa.pub", "ssh/id_rsa.pub");

  private final Path folder;
  private final List<Connector> inFile;

  RelayGitSyncFolder(Path folder) {
    this.folder = folder;
    Path file = folder.resolve(ConnectorFile.NAME);
    this.inFile = Files.exists(file) ? ConnectorFile.read(file) : List.of();
  }

  /** The folders that have a repository, each with where that goes to. */
  List<Connector> connectors() throws IOException {
    var all = new ArrayList<Connector>();
    for (Path relay : folders(folder.resolve("repos"))) {
      for (Path shared : folders(relay)) {
        if (Files.exists(shared.resolve(".git/HEAD"))) {
          all.add(connector(relay.getFileName().toString(), shared));
        }
      }
    }
    return all;
  }

  /** Whether a connector stands in the file of connectors. */
  boolean isInFile(Connector connector) {
    return inFile.contains(connector);
  }

  /** What has to come along: where it is here, and where it goes to. */
  Map<Path, Path> files(List<Connector> connectors) {
    var names = new TreeMap<>(KEYS);
    names.put(ConnectorFile.NAME, ConnectorFile.NAME);
    for (Connector connector : connectors) {
      String repository = "repos/" + connector.relay() + "/" + connector.folder();
      names.put(repository, repository);
    }
    var files = new TreeMap<Path, Path>();
    names.forEach((here, there) -> {
      if (Files.exists(folder.resolve(here))) {
        files.put(folder.resolve(here), Path.of(there));
      }
    });
    return files;
  }

  private Connector connector(String relay, Path shared) throws IOException {
    String id = shared.getFileName().toString();
    Optional<Connector> known =
        inFile.stream()
            .filter(it -> it.relay().equals(relay) && it.folder().equals(id))
            .findFirst();
    return known.isPresent() ? known.get() : new Connector(relay, id, remote(shared));
  }

  private static Optional<Connector.Remote> remote(Path repository) throws IOException {
    String config = Files.readString(repository.resolve(".git/config"), StandardCharsets.UTF_8);
    String head = Files.readString(repository.resolve(".git/HEAD"), StandardCharsets.UTF_8).strip();
    String branch = head.replaceFirst("^ref: refs/heads/", "");
    return REMOTE
        .matcher(config)
        .results()
        .findFirst()
        .map(found -> new Connector.Remote(found.group(1), found.group(2), branch, ""));
  }

  private static List<Path> folders(Path parent) throws IOException {
    if (!Files.isDirectory(parent)) {
      return List.of();
    }
    try (var all = Files.list(parent)) {
      return all.filter(Files::isDirectory)
          .filter(it -> Uuid.is(it.getFileName().toString()))
          .sorted()
          .toList();
    }
  }
}
