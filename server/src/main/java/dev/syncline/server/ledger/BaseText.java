package dev.syncline.server.ledger;

import dev.syncline.core.model.CommitId;
import dev.syncline.core.model.FilePath;
import dev.syncline.core.model.Glob;
import dev.syncline.core.model.LinkName;
import dev.syncline.core.model.PathMapping;
import dev.syncline.core.model.SyncException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a base says beside its files, as the message of its commit.
 *
 * @param link whose base it is
 * @param count how many files the link sees
 * @param mapping what the link sees
 * @param tip the endpoint's own version
 */
record BaseText(LinkName link, long count, PathMapping mapping, Optional<CommitId> tip) {

  private static final String FORMAT = "1";

  /** The one form of it. */
  String format() {
    Fields fields =
        Fields.none()
            .add("format", FORMAT)
            .add("link", link.value())
            .add("count", Long.toString(count));
    tip.ifPresent(id -> fields.add("tip", id.hex()));
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
    } catch (IllegalArgumentException | SyncException.Invalid _) {
      return Optional.empty();
    }
  }

  private static BaseText of(Fields fields) {
    fields.take("format");
    var link = new LinkName(fields.take("link"));
    long count = Long.parseLong(fields.take("count"));
    Optional<CommitId> tip = fields.takeIf("tip").map(CommitId::new);
    Optional<FilePath> prefix = fields.takeIf("prefix").map(FilePath::new);
    List<Glob> include = globs(fields, "include");
    List<Glob> exclude = globs(fields, "exclude");
    var renamed = new ArrayList<PathMapping.Renamed>();
    for (var path = fields.takeIf("renamed"); path.isPresent(); path = fields.takeIf("renamed")) {
      renamed.add(
          new PathMapping.Renamed(new FilePath(path.get()), new FilePath(fields.take("as"))));
    }
    return new BaseText(link, count, new PathMapping(prefix, include, exclude, renamed), tip);
  }

  private static List<Glob> globs(Fields fields, String name) {
    var globs = new ArrayList<Glob>();
    for (var glob = fields.takeIf(name); glob.isPresent(); glob = fields.takeIf(name)) {
      globs.add(Glob.of(glob.get()));
    }
    return globs;
  }
}
