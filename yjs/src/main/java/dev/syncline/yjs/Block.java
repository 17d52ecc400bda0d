package dev.syncline.yjs;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A piece of an update: consecutive units of one client. Immutable. */
sealed interface Block {

  Id id();

  long length();

  /** The same without its first units. */
  Block from(long units);

  /** What was there and is forgotten. */
  record Gone(Id id, long length) implements Block {
    @Override
    public Block from(long units) {
      return new Gone(id.plus(units), length - units);
    }
  }

  /** What is not in this update. */
  record Skipped(Id id, long length) implements Block {
    @Override
    public Block from(long units) {
      return new Skipped(id.plus(units), length - units);
    }
  }

  /**
   * An insertion.
   *
   * @param origin what it was put behind, if anything
   * @param rightOrigin what it was put before, if anything
   * @param place where it goes if it has neither
   * @param key of a map; empty in a list
   */
  record Insertion(
      Id id,
      @Nullable Id origin,
      @Nullable Id rightOrigin,
      Place place,
      Optional<String> key,
      Content content)
      implements Block {

    @Override
    public long length() {
      return content.length();
    }

    @Override
    public Block from(long units) {
      return units == 0
          ? this
          : new Insertion(
              id.plus(units),
              id.plus(units - 1),
              rightOrigin,
              Place.BESIDE,
              Optional.empty(),
              content.part(units, content.length()));
    }
  }
}
