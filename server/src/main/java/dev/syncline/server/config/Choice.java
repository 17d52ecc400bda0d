package dev.syncline.server.config;

import dev.syncline.core.model.SyncException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** One of a few words: the names of an enum, in lower case. */
record Choice<E extends Enum<E>>(Class<E> of) implements ValueType<E> {

  @Override
  public E parse(String text) {
    for (E choice : of.getEnumConstants()) {
      if (word(choice).equals(text.strip())) {
        return choice;
      }
    }
    throw new SyncException.Invalid("`" + text + "` is none of " + described());
  }

  @Override
  public String described() {
    return words().stream().map(word -> "`" + word + "`").collect(Collectors.joining(", "));
  }

  @Override
  public Map<String, Object> schema() {
    return Map.of("enum", words());
  }

  private List<String> words() {
    return Arrays.stream(of.getEnumConstants()).map(Choice::word).toList();
  }

  private static String word(Enum<?> choice) {
    return choice.name().toLowerCase(Locale.ROOT);
  }
}
