package dev.syncline.server.ledger;

import dev.syncline.core.merge.Conflict;
import dev.syncline.core.merge.ThreeWay;
import dev.syncline.core.model.Author;
import dev.syncline.core.model.FilePath;
import dev.syncline.core.model.LinkName;
import dev.syncline.core.model.SyncException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A conflict as a commit: its sides are the files of the tree, all else is in the message. */
final class ConflictText {

  private static final String FORMAT = "1";

  private ConflictText() {}

  /** The entries of its tree, in Git's order. */
  static List<TreeEntry> sides(ThreeWay sides) {
    var entries = new ArrayList<TreeEntry>();
    sides.base().ifPresent(version -> entries.add(GitModes.entry("base", version)));
    sides.ours().ifPresent(version -> entries.add(GitModes.entry("ours", version)));
    sides.theirs().ifPresent(version -> entries.add(GitModes.entry("theirs", version)));
    return entries;
  }

  /** Its message. */
  static String message(Conflict conflict) {
    return Fields.none()
        .add("format", FORMAT)
        .add("link", conflict.link().value())
        .add("path", conflict.path().value())
        .add("reason", conflict.reason())
        .add("since", conflict.since().toString())
        .add("author", conflict.theirsBy().name())
        .add("email", conflict.theirsBy().email())
        .message("Syncline: conflict " + conflict.id());
  }

  /** Reads both; empty if they are not what was written. */
  static Optional<Conflict> parse(String message, List<TreeEntry> entries) {
    try {
      return Fields.parse(message)
          .map(fields -> of(fields, entries))
          .filter(conflict -> message(conflict).equals(message))
          .filter(conflict -> sides(conflict.sides()).equals(entries));
    } catch (IllegalArgumentException | DateTimeException | SyncException.Invalid _) {
      return Optional.empty();
    }
  }

  /** Whose conflict a message speaks of; empty if it speaks of none. */
  static Optional<LinkName> link(String message) {
    return Fields.parse(message)
        .filter(fields -> fields.takeIf("format").isPresent())
        .flatMap(fields -> fields.takeIf("link"))
        .map(LinkName::new);
  }

  private static Conflict of(Fields fields, List<TreeEntry> entries) {
    fields.take("format");
    var link = new LinkName(fields.take("link"));
    var path = new FilePath(fields.take("path"));
    String reason = fields.take("reason");
    Instant since = Instant.parse(fields.take("since"));
    var author = new Author(fields.take("author"), fields.take("email"));
    var sides =
        new ThreeWay(
            GitModes.version(entries, "base"),
            GitModes.version(entries, "ours"),
            GitModes.version(entries, "theirs"));
    return new Conflict(link, path, sides, reason, since, author);
  }
}
