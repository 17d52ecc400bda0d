package dev.syncline.server.ledger;

import dev.syncline.core.model.SyncException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The files around the objects of a ledger's repository: makes them, and clears away what a process
 * that was killed left behind. Only for whoever holds the {@link LedgerLock}.
 */
final class RepositoryFiles {

  /** What names of unfinished files begin with; Git clears those away, too. */
  static final String TEMPORARY = "tmp_";

  /** The folder for what other hosts send, until it was looked at. */
  static final String INCOMING = "incoming";

  /**
   * Nobody else's Git may repack, prune, push to it, or hand out what is Syncline's own. Its refs
   * are files, its objects SHA-1: what every Git reads.
   */
  private static final String CONFIG =
      """
      [core]
      \trepositoryformatversion = 0
      \tfilemode = true
      \tbare = true
      \tlogallrefupdates = false
      \tfsync = committed,reference
      [gc]
      \tauto = 0
      [maintenance]
      \tauto = false
      [receive]
      \tdenyNonFastForwards = true
      \tdenyDeletes = true
      \thideRefs = refs/
      [transfer]
      \thideRefs = refs/syncline
      \tfsckObjects = true
      [uploadpack]
      \tallowFilter = true
      """;

  private static final Set<String> OF_UNFINISHED =
      Set.of(LedgerLock.FILE, "objects", "refs", "config", "config.tmp", "HEAD.tmp");

  private final Path repository;

  RepositoryFiles(Path repository) {
    this.repository = repository;
  }

  /** Makes what is missing of an empty repository, HEAD last: without it there is none yet. */
  void prepare(String branch) throws IOException {
    Path head = repository.resolve("HEAD");
    String wanted = "ref: " + branch + "\n";
    if (!Files.exists(head)) {
      mustBeUnfinished();
      Files.createDirectories(repository.resolve("objects/pack"));
      Files.createDirectories(repository.resolve("objects/info"));
      Files.createDirectories(repository.resolve("refs/heads"));
      for (String folder : List.of("objects", "refs")) {
        Durable.names(repository.resolve(folder));
      }
      String config = hasCheckout() ? CONFIG.replace("bare = true", "bare = false") : CONFIG;
      Durable.write(repository.resolve("config"), config.getBytes(StandardCharsets.UTF_8));
      Durable.write(head, wanted.getBytes(StandardCharsets.UTF_8));
      Path parent = repository.getParent();
      if (parent != null) {
        Durable.names(parent);
      }
      return;
    }
    String written = Files.readString(head, StandardCharsets.ISO_8859_1);
    if (!written.startsWith("ref: refs/heads/")) {
      throw GitFailure.damaged(repository, "the file HEAD names no branch");
    }
    if (!written.strip().equals(wanted.strip())) {
      throw new SyncException.Invalid(
          "the ledger "
              + repository
              + " has its history on "
              + written.strip().substring("ref: ".length())
              + ", not on "
              + branch
              + ": name that branch in the configuration");
    }
    for (String folder : List.of("objects/pack", "refs")) {
      Files.createDirectories(repository.resolve(folder));
    }
    if (hasCheckout()) {
      keepGitFromCleaning();
    }
  }

  /** One that Git made is cleaned up by it at times that it chooses itself, if nobody says no. */
  private void keepGitFromCleaning() throws IOException {
    Path config = repository.resolve("config");
    String text = Files.readString(config, StandardCharsets.ISO_8859_1);
    if (!text.contains("[gc]")) {
      String longer = text.stripTrailing() + "\n[gc]\n\tauto = 0\n";
      Durable.write(config, longer.getBytes(StandardCharsets.ISO_8859_1));
    }
  }

  /** Removes locks and unfinished files: whoever made them is gone. */
  void clear() throws IOException {
    for (Path file : files(repository, 1)) {
      String name = name(file);
      if (!name.equals(LedgerLock.FILE) && (name.endsWith(".lock") || name.endsWith(".tmp"))) {
        Files.delete(file);
      }
    }
    for (Path file : files(repository.resolve("refs"), Integer.MAX_VALUE)) {
      if (name(file).endsWith(".lock")) {
        Files.delete(file);
      }
    }
    // Git and JGit write objects here first; what is still here was never finished.
    for (Path file : files(repository.resolve("objects"), 1)) {
      Files.delete(file);
    }
    // A fetch that was never finished: nobody has looked at what it brought.
    for (Path file : files(repository.resolve(INCOMING), Integer.MAX_VALUE)) {
      Files.delete(file);
    }
    Path packs = repository.resolve("objects/pack");
    var names = new HashSet<String>();
    files(packs, 1).forEach(file -> names.add(name(file)));
    for (String name : names) {
      boolean isUnfinished =
          name.startsWith(TEMPORARY)
              || name.endsWith(".lock")
              || (name.endsWith(".pack") && !names.contains(name.replace(".pack", ".idx")))
              || (name.endsWith(".idx") && !names.contains(name.replace(".idx", ".pack")));
      if (isUnfinished) {
        Files.delete(packs.resolve(name));
      }
    }
  }

  /** A repository with a checkout is called so, and lies in it. */
  private boolean hasCheckout() {
    return name(repository).equals(".git");
  }

  private void mustBeUnfinished() throws IOException {
    try (Stream<Path> files = Files.list(repository)) {
      for (Path file : files.toList()) {
        if (!OF_UNFINISHED.contains(name(file))) {
          throw new SyncException.Invalid(
              repository
                  + " is neither empty nor a ledger (it holds "
                  + name(file)
                  + "): give the ledger a folder of its own, or restore its file HEAD");
        }
      }
    }
    if (!files(repository.resolve("objects/pack"), 1).isEmpty()) {
      throw GitFailure.damaged(repository, "the file HEAD is missing");
    }
  }

  private static List<Path> files(Path folder, int depth) throws IOException {
    try (Stream<Path> files = Files.walk(folder, depth)) {
      return files.filter(Files::isRegularFile).toList();
    } catch (NoSuchFileException _) {
      return List.of();
    }
  }

  private static String name(Path file) {
    return file.getFileName().toString();
  }
}
