package dev.syncline.yjs;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What an item inserts. Immutable, but for the shared type that it may be. */
sealed interface Content {

  /** How many units of a clock it takes: UTF-16 units of a text, elements of a list. */
  long length();

  /** Whether it counts among its parent's elements. */
  default boolean isCountable() {
    return true;
  }

  /** From one unit to before another. */
  default Content part(long from, long to) {
    throw new IllegalStateException("one unit can't be parted");
  }

  /** Both as one; empty if they stay two. */
  default Optional<Content> with(Content next) {
    return Optional.empty();
  }

  /** It was there once. */
  record Deleted(long length) implements Content {
    @Override
    public boolean isCountable() {
      return false;
    }

    @Override
    public Content part(long from, long to) {
      return new Deleted(to - from);
    }

    @Override
    public Optional<Content> with(Content next) {
      return next instanceof Deleted(long more)
          ? Optional.of(new Deleted(length + more))
          : Optional.empty();
    }
  }

  /** Elements as the first versions of Yjs wrote them: JSON, or {@code undefined}. */
  record Json(List<String> values) implements Content {
    @Override
    public long length() {
      return values.size();
    }

    @Override
    public Content part(long from, long to) {
      return new Json(List.copyOf(values.subList((int) from, (int) to)));
    }
  }

  record Binary(byte[] value) implements Content {
    @Override
    public long length() {
      return 1;
    }
  }

  record Text(String value) implements Content {

    /** So that typing at the end of a long text doesn't copy it all each time. */
    private static final int LONGEST_TO_JOIN = 1 << 12;

    @Override
    public long length() {
      return value.length();
    }

    /** A character that is parted in two is lost on both sides, as everywhere in Yjs. */
    @Override
    public Content part(long from, long to) {
      var part = new StringBuilder(value.substring((int) from, (int) to));
      if (from > 0 && Character.isSurrogatePair(value.charAt((int) from - 1), part.charAt(0))) {
        part.setCharAt(0, '\uFFFD');
      }
      int last = part.length() - 1;
      if (to < value.length()
          && Character.isSurrogatePair(part.charAt(last), value.charAt((int) to))) {
        part.setCharAt(last, '\uFFFD');
      }
      return new Text(part.toString());
    }

    @Override
    public Optional<Content> with(Content next) {
      return next instanceof Text(String more) && value.length() < LONGEST_TO_JOIN
          ? Optional.of(new Text(value + more))
          : Optional.empty();
    }
  }

  /** Something in a text that is no text; as JSON. */
  record Embed(String json) implements Content {
    @Override
    public long length() {
      return 1;
    }
  }

  /** From here on a text has this format; as JSON. */
  record Format(String key, String json) implements Content {
    @Override
    public long length() {
      return 1;
    }

    @Override
    public boolean isCountable() {
      return false;
    }
  }

  record Type(TypeNode node) implements Content {
    @Override
    public long length() {
      return 1;
    }
  }

  record Values(List<YAny> values) implements Content {

    private static final int MOST_TO_JOIN = 1 << 10;

    @Override
    public long length() {
      return values.size();
    }

    @Override
    public Content part(long from, long to) {
      return new Values(List.copyOf(values.subList((int) from, (int) to)));
    }

    @Override
    public Optional<Content> with(Content next) {
      if (!(next instanceof Values(List<YAny> more)) || values.size() >= MOST_TO_JOIN) {
        return Optional.empty();
      }
      var both = new ArrayList<>(values);
      both.addAll(more);
      return Optional.of(new Values(both));
    }
  }

  /** Another document, of which only the name is here. */
  record SubDocument(String guid, YAny options) implements Content {
    @Override
    public long length() {
      return 1;
    }
  }
}
