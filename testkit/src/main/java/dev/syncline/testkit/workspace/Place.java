package dev.syncline.testkit.workspace;

import dev.syncline.core.flow.Link;
import dev.syncline.core.model.FilePath;
import dev.syncline.core.model.FileVersion;
import dev.syncline.core.model.PathMapping;
import dev.syncline.core.plan.Direction;
import dev.syncline.core.plan.Run;
import java.util.Optional;
import java.util.Set;

/** An endpoint with its link, and what is done there as the ledger would name it. */
final class Place {

  private final MemoryEndpoint desk;
  private final Lineage lineage;
  private final Link plain;
  private Link link;
  private PathMapping mapping = PathMapping.WHOLE;
  private Set<FilePath> problems = Set.of();

  /**
   * @param desk where people edit
   * @param plain a link whose endpoint is the desk, or writes there, whatever it sees
   * @param link the one that runs
   */
  Place(MemoryEndpoint desk, Lineage lineage, Link plain, Link link) {
    this.desk = desk;
    this.lineage = lineage;
    this.plain = plain;
    this.link = link;
  }

  MemoryEndpoint desk() {
    return desk;
  }

  /** The link without a disguise, and without anybody who overhears its policies. */
  Link plain() {
    return plain;
  }

  Link link() {
    return link;
  }

  String name() {
    return link.name().value();
  }

  /** The files that its last run could not look at or write, and said so. */
  Set<FilePath> problems() {
    return problems;
  }

  void ran(Run run) {
    problems = run.work().problems().keySet();
  }

  /** What the link saw when it last ran: what is done before it runs again is done under this. */
  PathMapping mapping() {
    return mapping;
  }

  boolean follows() {
    return link.planner().direction() != Direction.IN;
  }

  void writes(FilePath path, FileVersion version) {
    made(path, Optional.of(version));
    desk.write(path, version);
  }

  void deletes(FilePath path) {
    made(path, Optional.empty());
    desk.delete(path);
  }

  void renames(FilePath from, FilePath to, FileVersion version) {
    deletes(from);
    writes(to, version);
    Optional<FilePath> gone = mapping.toLedger(from);
    Optional<FilePath> arrived = mapping.toLedger(to);
    if (gone.isPresent() && arrived.isPresent()) {
      lineage.renamed(name(), gone.get(), arrived.get());
    }
  }

  private void made(FilePath path, Optional<FileVersion> version) {
    mapping()
        .toLedger(path)
        .ifPresent(there -> {
          lineage.made(name(), there, version);
          hear(there);
        });
  }

  /** What is done at an endpoint that only follows counts nowhere. */
  private void hear(FilePath inLedger) {
    if (link.planner().direction() == Direction.OUT) {
      lineage.unheard(name(), inLedger);
    }
  }

  /** The link is told to see other files, or to see them elsewhere. */
  void tell(Link other) {
    link = other;
  }

  /** The link has run, and now sees this. */
  void remapped(PathMapping after) {
    PathMapping before = mapping;
    for (FilePath path : lineage.pathsOf(name())) {
      if (!before.toEndpoint(path).equals(after.toEndpoint(path))) {
        lineage.forget(name(), path);
      }
    }
    mapping = after;
    desk.files()
        .files()
        .forEach((path, version) -> {
          if (!before.toLedger(path).equals(after.toLedger(path))) {
            made(path, Optional.of(version));
          }
        });
  }
}
