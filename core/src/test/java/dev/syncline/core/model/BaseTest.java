package dev.syncline.core.model;

import static dev.syncline.core.model.Paths.change;
import static dev.syncline.core.model.Paths.changes;
import static dev.syncline.core.model.Paths.paths;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;

/** What both sides agree on after a step, path by path. */
final class BaseTest {

  @Test
  void whatTheLedgerTookInFromTheEndpointIsAgreedOn() {
    Changes edit = changes(Map.of("a", change("1", "2")));
    assertEquals(Changes.NONE, Base.agree(edit, edit, Set.of()));
  }

  @Test
  void whatTheEndpointHasNotConfirmedIsNotAgreedOn() {
    // The ledger has 2 and the base stays 1, so that it is offered again.
    assertEquals(
        changes(Map.of("a", change("2", "1"))),
        Base.agree(changes(Map.of("a", change("1", "2"))), Changes.NONE, Set.of()));
  }

  @Test
  void theBaseIsWhatTheEndpointWasSeenToHoldWhateverTheLedgerHas() {
    // Both changed it: the ledger merged 2 and 3 to 23, and the endpoint has yet to hear of it.
    assertEquals(
        changes(Map.of("a", change("23", "3"))),
        Base.agree(
            changes(Map.of("a", change("1", "23"))),
            changes(Map.of("a", change("1", "3"))),
            Set.of()));
  }

  @Test
  void theBaseIsWhatTheEndpointHoldsEvenIfTheLedgerRefusedIt() {
    // The ledger's own version won and is what the base was: the endpoint's deletion is known.
    assertEquals(
        changes(Map.of("a", change("1", ""))),
        Base.agree(Changes.NONE, changes(Map.of("a", change("1", ""))), Set.of()));
  }

  @Test
  void whereAConflictIsOpenTheBaseStaysAsItWas() {
    assertEquals(
        changes(Map.of("a", change("2", "1"))),
        Base.agree(
            changes(Map.of("a", change("1", "2"))),
            changes(Map.of("a", change("1", "3"), "b", change("", "4"))),
            paths("a", "b")));
  }

  @Test
  void whatWasOfferedAndIsThereHasArrived() {
    Base base = offering(changes(Map.of("a", change("1", "2"), "b", change("1", ""))));
    Changes theirs = changes(Map.of("a", change("1", "2"), "b", change("1", "")));
    assertEquals(theirs, base.arrived(theirs));
  }

  @Test
  void whatWasOfferedAndIsNotThereHasNotArrived() {
    Base base = offering(changes(Map.of("a", change("1", "2"), "b", change("1", "2"))));
    assertEquals(
        Changes.NONE, base.arrived(changes(Map.of("a", change("1", "3"), "c", change("", "2")))));
  }

  @Test
  void whatArrivedIsToldFromTheBaseAsItIs() {
    // The endpoint was seen with 5 in between, when 2 was offered.
    Base base = offering(changes(Map.of("a", change("5", "2"))));
    Changes theirs = changes(Map.of("a", change("1", "2")));
    assertEquals(theirs, base.arrived(theirs));
  }

  private static Base offering(Changes offered) {
    return new Base(new NoFiles(), offered, 0, PathMapping.WHOLE, Optional.empty(), Instant.EPOCH);
  }

  /** Nobody asks. */
  private record NoFiles() implements Snapshot {
    @Override
    public Optional<FileVersion> at(FilePath path) {
      return Optional.empty();
    }

    @Override
    public boolean isFolder(FilePath path) {
      return false;
    }

    @Override
    public Changes since(Snapshot older) {
      return Changes.NONE;
    }

    @Override
    public void forEach(BiConsumer<FilePath, FileVersion> visitor) {}
  }
}
