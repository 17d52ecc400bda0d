package dev.syncline.server.ledger;

import dev.syncline.core.model.Changes;
import dev.syncline.core.model.CommitId;
import dev.syncline.core.model.FileChange;
import dev.syncline.core.model.FilePath;
import dev.syncline.core.model.Glob;
import dev.syncline.core.model.LinkName;
import dev.syncline.core.model.PathMapping;
import dev.syncline.core.model.SyncException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a base says beside its files, as the message of its commit.
 *
 * @param link whose base it is
 * @param count how many files the link sees
 * @param at when it was agreed
 * @param tip the endpoint's own version
 * @param offered a commit of the files that the endpoint was asked to have
 * @param besides what it was asked for beside those files, because one tree can't hold both
 * @param mapping what the link sees
 */
record BaseText(
    LinkName link,
    long count,
    Instant at,
    Optional<CommitId> tip,
    Optional<CommitId> offered,
    Changes besides,
    PathMapping mapping) {

  private static final String FORMAT = "1";

  /** The one form of it. */
  String format() {
    Fields fields =
        Fields.none()
            .add("format", FORMAT)
            .add("link", link.value())
            .add("count", Long.toString(count))
            .add("at", at.toString());
    tip.ifPresent(id -> fields.add("tip", id.hex()));
    offered.ifPresent(id -> fields.add("offered", id.hex()));
    besides
        .byPath()
        .forEach((path, change) -> {
          fields.add("besides", path.value());
          change.before().ifPresent(version -> fields.add("from", VersionText.format(version)));
          change.after().ifPresent(version -> fields.add("to", VersionText.format(version)));
        });
    mapping.prefix().ifPresent(path -> fields.add("prefix", path.value()));
    mapping.include().forEach(glob -> fields.add("include", glob.toString()));
    mapping.exclude().forEach(glob -> fields.add("exclude", glob.toString()));
    mapping
        .renamed()
        .forEach(renamed ->
            fields
                .add("renamed", renamed.inLedger().value())
                .add("as", renamed.atEndpoint().value()));
    return fields.message("Syncline: base of " + link);
  }

  /** Reads the one form; empty if it is another. */
  static Optional<BaseText> parse(String message) {
    try {
      return Fields.parse(message).map(BaseText::of).filter(text -> text.format().equals(message));
    } catch (IllegalArgumentException | DateTimeException | SyncException.Invalid _) {
      return Optional.empty();
    }
  }

  private static BaseText of(Fields fields) {
    fields.take("format");
    var link = new LinkName(fields.take("link"));
    long count = Long.parseLong(fields.take("count"));
    Instant at = Instant.parse(fields.take("at"));
    Optional<CommitId> tip = fields.takeIf("tip").map(CommitId::new);
    Optional<CommitId> offered = fields.takeIf("offered").map(CommitId::new);
    Changes besides = besides(fields);
    return new BaseText(link, count, at, tip, offered, besides, mapping(fields));
  }

  private static Changes besides(Fields fields) {
    var besides = new TreeMap<FilePath, FileChange>();
    for (var path = fields.takeIf("besides"); path.isPresent(); path = fields.takeIf("besides")) {
      var at = new FilePath(path.get());
      FileChange.between(
              fields.takeIf("from").map(VersionText::parse),
              fields.takeIf("to").map(VersionText::parse))
          .ifPresent(change -> besides.put(at, change));
    }
    return new Changes(besides);
  }

  private static PathMapping mapping(Fields fields) {
    Optional<FilePath> prefix = fields.takeIf("prefix").map(FilePath::new);
    List<Glob> include = globs(fields, "include");
    List<Glob> exclude = globs(fields, "exclude");
    var renamed = new ArrayList<PathMapping.Renamed>();
    for (var path = fields.takeIf("renamed"); path.isPresent(); path = fields.takeIf("renamed")) {
      renamed.add(
          new PathMapping.Renamed(new FilePath(path.get()), new FilePath(fields.take("as"))));
    }
    return new PathMapping(prefix, include, exclude, renamed);
  }

  private static List<Glob> globs(Fields fields, String name) {
    var globs = new ArrayList<Glob>();
    for (var glob = fields.takeIf(name); glob.isPresent(); glob = fields.takeIf(name)) {
      globs.add(Glob.of(glob.get()));
    }
    return globs;
  }
}
