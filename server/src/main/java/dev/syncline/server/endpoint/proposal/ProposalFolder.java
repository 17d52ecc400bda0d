package dev.syncline.server.endpoint.proposal;

import dev.syncline.core.merge.TextDiff;
import dev.syncline.core.model.Changes;
import dev.syncline.core.model.ContentId;
import dev.syncline.core.model.FilePath;
import dev.syncline.core.model.FileVersion;
import dev.syncline.core.model.Snapshot;
import dev.syncline.core.model.SyncException;
import dev.syncline.core.port.Contents;
import dev.syncline.core.port.ProposalBranch;
import dev.syncline.core.port.ProposalBranch.Tips;
import dev.syncline.core.port.ProposalLayout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * A folder in place of a pull request: the files as they would be proposed, below {@code before/}
 * as they are, and all of it as one diff.
 */
record ProposalFolder(Path folder, ProposalBranch branch, ProposalSettings settings)
    implements Proposals {

  @Override
  public Result propose(Tips tips, Changes changes, Contents contents) {
    Snapshot base = branch.files(tips.base().orElseThrow());
    var diff = new StringBuilder();
    Map<FilePath, Optional<FileVersion>> files =
        new TreeMap<>(settings.files(base, changes, contents));
    try {
      Files.createDirectories(folder);
      for (Map.Entry<FilePath, Optional<FileVersion>> file : files.entrySet()) {
        FilePath path = file.getKey();
        byte[] before = base.at(path).map(it -> read(it.content(), contents)).orElse(new byte[0]);
        byte[] after = file.getValue().map(it -> contents.read(it.content())).orElse(new byte[0]);
        write(folder, ProposalLayout.before(path), before);
        write(folder, path, after);
        diff.append(head(path)).append(TextDiff.between(before, after));
      }
      Files.writeString(folder.resolve(ProposalLayout.DIFF.value()), diff);
    } catch (IOException e) {
      throw new SyncException.Unavailable("can't write to " + folder + ": " + e.getMessage(), e);
    }
    return new Result.Done(
        files.isEmpty()
            ? List.of()
            : List.of(
                (files.size() == 1 ? "1 file" : files.size() + " files")
                    + " would change: see "
                    + folder));
  }

  private byte[] read(ContentId content, Contents contents) {
    branch.bring(Set.of(content), contents);
    return contents.read(content);
  }

  private static String head(FilePath path) {
    return "diff --git a/" + path + " b/" + path + "\n--- a/" + path + "\n+++ b/" + path + "\n";
  }

  private static void write(Path root, FilePath path, byte[] bytes) throws IOException {
    Path file = root.resolve(path.value()).normalize();
    if (!file.startsWith(root.normalize())) {
      throw new SyncException.Invalid(path + " leads out of " + root);
    }
    Path parent = file.getParent();
    if (parent != null) {
      Files.createDirectories(parent);
    }
    Files.write(file, bytes);
  }
}
