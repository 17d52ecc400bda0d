package dev.syncline.server.endpoint.folder;

import dev.syncline.core.model.Finding;
import dev.syncline.core.model.SyncException;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Looks whether a folder can be kept in step, without looking at its files. */
public final class FolderCheck {

  private static final Path WATCHES = Path.of("/proc/sys/fs/inotify/max_user_watches");
  private static final long MIB = 1 << 20;
  private static final long LITTLE = 1024 * MIB;
  private static final long TOO_LITTLE = 100 * MIB;

  private final FolderSettings settings;
  private final Path root;

  private FolderCheck(FolderSettings settings) {
    this.settings = settings;
    this.root = settings.root();
  }

  /** Everything that can be told of a folder. */
  public static List<Finding> of(FolderSettings settings) {
    return new FolderCheck(settings).all();
  }

  /** Whether the disk that holds a folder has room. */
  public static Finding room(Path folder) {
    try {
      FileStore store = Files.getFileStore(folder);
      long free = store.getUsableSpace();
      String sentence = free / MIB + " MiB are free for " + folder;
      if (free < TOO_LITTLE) {
        return Finding.wrong("disk", sentence, "Free space: a full disk stops everything.");
      }
      return free < LITTLE
          ? Finding.warning("disk", sentence, "Free space before it is full.")
          : Finding.ok("disk", sentence);
    } catch (IOException e) {
      return Finding.warning(
          "disk", "can't be asked how full it is: " + e.getMessage(), "Check the disk.");
    }
  }

  private List<Finding> all() {
    var findings = new ArrayList<Finding>();
    Finding mark = mark();
    findings.add(mark);
    if (mark.verdict() == Finding.Verdict.WRONG) {
      return findings;
    }
    findings.add(permission());
    findings.add(room(root));
    names().ifPresent(findings::add);
    watches().ifPresent(findings::add);
    return findings;
  }

  private Finding mark() {
    try {
      new PrivateFolder(root, settings.link()).check();
      return Finding.ok("mark", root + " is the folder of this link");
    } catch (SyncException e) {
      return Finding.wrong(
          "mark",
          String.valueOf(e.getMessage()),
          "Mount the disk, or put the folder back. For a new start: delete "
              + root.resolve(PrivateFolder.NAME)
              + " if it is there, and add the link under another name.");
    }
  }

  private Finding permission() {
    boolean all = Files.isReadable(root) && Files.isWritable(root) && Files.isExecutable(root);
    String user = System.getProperty("user.name", "this user");
    return all
        ? Finding.ok("permission", user + " may read and write there")
        : Finding.wrong(
            "permission",
            user + " may not read and write " + root,
            "Give that user the folder, or run Syncline as its owner.");
  }

  private Optional<Finding> names() {
    Path own = root.resolve(PrivateFolder.NAME);
    if (!Files.isWritable(own)) {
      return Optional.empty();
    }
    NameRules rules = NameRules.probe(own);
    var told = new ArrayList<String>();
    told.add(
        rules.letters() == NameRules.Letters.DIFFER
            ? "README and readme are two files"
            : "README and readme are one file: where both exist, one gets a name with %");
    if (rules.accents() == NameRules.Accents.ARE_ONE) {
      told.add("both Unicode forms of é are one name");
    }
    if (rules.forbidden() == NameRules.Forbidden.WINDOWS) {
      told.add("characters that Windows forbids are written as %HH");
    }
    return Optional.of(Finding.ok("names", String.join("; ", told)));
  }

  private Optional<Finding> watches() {
    if (!Files.isReadable(WATCHES)) {
      return Optional.empty();
    }
    try {
      long limit = Long.parseLong(Files.readString(WATCHES).strip());
      long folders = folders();
      String sentence = folders + " folders to watch, and the system allows " + limit + " watches";
      String remedy =
          "sudo sysctl fs.inotify.max_user_watches=1048576, and the same line in /etc/sysctl.d.";
      if (folders > limit) {
        return Optional.of(
            Finding.wrong(
                "watches", sentence + ": some changes are found by the timer only", remedy));
      }
      return Optional.of(
          folders > limit / 2
              ? Finding.warning("watches", sentence + ", other programs' included", remedy)
              : Finding.ok("watches", sentence));
    } catch (IOException | NumberFormatException e) {
      return Optional.of(
          Finding.warning(
              "watches", "can't be counted: " + e.getMessage(), "Check the folder's permissions."));
    }
  }

  private long folders() throws IOException {
    var counter =
        new SimpleFileVisitor<Path>() {
          private long folders;

          @Override
          public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            String name = String.valueOf(folder.getFileName());
            if (settings.apart().map(root::resolve).filter(folder::equals).isPresent()
                || name.equals(".git")
                || name.equals(PrivateFolder.NAME)) {
              return FileVisitResult.SKIP_SUBTREE;
            }
            folders++;
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException e) {
            return FileVisitResult.CONTINUE;
          }
        };
    Files.walkFileTree(root, counter);
    return counter.folders;
  }
}
