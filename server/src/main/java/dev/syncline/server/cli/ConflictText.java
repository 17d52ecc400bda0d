package dev.syncline.server.cli;

import dev.syncline.core.merge.Conflict;
import dev.syncline.core.merge.Text;
import dev.syncline.core.merge.TextDiff;
import dev.syncline.core.model.FileVersion;
import dev.syncline.core.model.WorkspaceName;
import dev.syncline.server.view.Workspaces;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/** A conflict for people: its versions, who made them and when, and what each changed. */
record ConflictText(Workspaces workspaces, WorkspaceName workspace, Conflict conflict) {

  private static final int LARGEST = 1 << 20;

  String text() throws IOException {
    Optional<byte[]> base = read(conflict.sides().base());
    Optional<byte[]> ours = read(conflict.sides().ours());
    Optional<byte[]> theirs = read(conflict.sides().theirs());
    String byUs =
        workspaces.history(workspace, Optional.of(conflict.path()), 1).stream()
            .findFirst()
            .map(version -> " by " + version.author() + ", " + version.at())
            .orElse("");
    return conflict.path()
        + " at "
        + conflict.link()
        + ": "
        + conflict.reason()
        + "\nwaits since "
        + conflict.since()
        + "\n\nbase: before both"
        + size(base)
        + "\n\nours: in the history"
        + byUs
        + size(ours)
        + "\n"
        + diff(base, ours)
        + "\ntheirs: at the place, by "
        + conflict.theirsBy()
        + size(theirs)
        + "\n"
        + diff(base, theirs)
        + "\nsyncline conflicts resolve "
        + conflict.id()
        + " --choose ours|theirs|both, or --contents FILE\n";
  }

  private static String size(Optional<byte[]> contents) {
    return contents.map(bytes -> ", " + Texts.count(bytes.length, "byte")).orElse(": no file");
  }

  private static String diff(Optional<byte[]> base, Optional<byte[]> side) {
    byte[] before = base.orElseGet(() -> new byte[0]);
    byte[] after = side.orElseGet(() -> new byte[0]);
    boolean isShown =
        before.length + after.length <= LARGEST && Text.isText(before) && Text.isText(after);
    return isShown ? TextDiff.between(before, after) : "";
  }

  private Optional<byte[]> read(Optional<FileVersion> version) throws IOException {
    if (version.isEmpty()) {
      return Optional.empty();
    }
    try (InputStream in = workspaces.open(workspace, version.get())) {
      return Optional.of(in.readAllBytes());
    }
  }
}
