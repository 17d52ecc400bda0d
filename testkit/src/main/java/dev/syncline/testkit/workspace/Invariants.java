package dev.syncline.testkit.workspace;

import dev.syncline.core.merge.Conflict;
import dev.syncline.core.model.ContentId;
import dev.syncline.core.model.FileChange;
import dev.syncline.core.model.FilePath;
import dev.syncline.core.model.FileVersion;
import dev.syncline.core.model.Snapshot;
import dev.syncline.core.port.Ledger;
import java.util.HashSet;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;

/** What the specification promises, as far as it can be seen from outside. */
final class Invariants {

  private final Ledger ledger;
  private final Disguise disguise;
  private final EverHeld held;
  private final Lineage lineage;
  private final People people;

  Invariants(Ledger ledger, Disguise disguise, EverHeld held, Lineage lineage, People people) {
    this.ledger = ledger;
    this.disguise = disguise;
    this.held = held;
    this.lineage = lineage;
    this.people = people;
  }

  /** An endpoint is about to lose a version: the ledger must have it. */
  void checkTaken(Place place, FilePath path, FileChange change) {
    require(
        place.mapping().toLedger(path).isPresent(),
        path + " is nothing that " + place.name() + " may touch");
    change
        .before()
        .ifPresent(version ->
            require(held.has(version), path + " at " + place.name() + " is lost: " + version));
  }

  /** A conflict shows what both sides hold. */
  void checkSides(Conflict conflict, Place place) {
    FilePath there = place.mapping().toEndpoint(conflict.path()).orElseThrow();
    require(
        place.desk().files().at(there).equals(conflict.sides().theirs()),
        "a conflict shows what the endpoint holds: " + conflict);
    require(
        ledger
            .head()
            .files()
            .at(conflict.path())
            .map(version -> disguise.plain(conflict.path(), version))
            .equals(conflict.sides().ours()),
        "a conflict shows what the ledger holds: " + conflict);
  }

  /** At a quiet point, without conflicts. */
  void check(List<Place> places) {
    var left = new TreeMap<FilePath, FileVersion>();
    ledger
        .head()
        .files()
        .forEach((path, version) -> {
          left.put(path, disguise.plain(path, version));
          require(people.wrote(disguise.read(path, version)), path + " was invented: " + version);
        });
    var contents = new HashSet<ContentId>();
    left.forEach((path, version) -> {
      contents.add(version.content());
      lineage.objection(path, version).ifPresent(Invariants::fail);
    });
    places.forEach(this::checkIsKnown);
    places.stream().filter(Place::follows).forEach(this::checkIsEqual);
    for (Place place : places) {
      place
          .desk()
          .files()
          .files()
          .forEach((path, version) -> {
            if (place.problems().contains(path)) {
              contents.add(version.content());
            }
          });
    }
    lineage.missing(contents::contains).ifPresent(Invariants::fail);
  }

  /** What an endpoint holds was in the ledger, if its link sees it and doesn't say otherwise. */
  private void checkIsKnown(Place place) {
    place
        .desk()
        .files()
        .forEach((path, version) ->
            require(
                place.mapping().toLedger(path).isEmpty()
                    || place.problems().contains(path)
                    || held.has(version),
                "the ledger never saw " + path + " as it is at " + place.name()));
  }

  /** Where its link sees them and says nothing else, an endpoint's files are the ledger's. */
  private void checkIsEqual(Place place) {
    Snapshot ours = place.mapping().seenFromEndpoint(disguise.plain(ledger.head().files()));
    var paths = new TreeSet<FilePath>();
    ours.forEach((path, version) -> paths.add(path));
    place
        .desk()
        .files()
        .forEach((path, version) -> {
          if (place.mapping().toLedger(path).isPresent()) {
            paths.add(path);
          }
        });
    for (FilePath path : paths) {
      require(
          place.desk().files().at(path).equals(ours.at(path)) || place.problems().contains(path),
          path + " differs at " + place.name() + " from the ledger's " + ours.at(path));
    }
  }

  static void require(boolean holds, String otherwise) {
    if (!holds) {
      fail(otherwise);
    }
  }

  private static void fail(String objection) {
    throw new AssertionError(objection);
  }
}
