package dev.syncline.server.cli;

import dev.syncline.core.model.DocumentId;
import dev.syncline.core.model.SyncException;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.ParseResult;

/** What followed a command's name. Immutable. */
final class Arguments {

  private final ParseResult parsed;

  Arguments(ParseResult parsed) {
    this.parsed = parsed;
  }

  boolean has(String flag) {
    return parsed.hasMatchedOption(flag);
  }

  Optional<String> option(String name) {
    return Optional.ofNullable(parsed.matchedOptionValue(name, (String) null));
  }

  List<String> options(String name) {
    String[] values = parsed.matchedOptionValue(name, new String[0]);
    return List.of(values);
  }

  /** The one thing without a name. */
  String parameter() {
    return parameters().getFirst();
  }

  List<String> parameters() {
    return parsed.matchedPositionals().stream()
        .flatMap(positional -> positional.stringValues().stream())
        .toList();
  }

  /**
   * @throws UsageException if it is none
   */
  static DocumentId document(String text) {
    // Links to documents begin so, and are what people have at hand.
    String id = text.startsWith("automerge:") ? text.substring("automerge:".length()) : text;
    try {
      return DocumentId.parse(id);
    } catch (SyncException.Invalid e) {
      throw new UsageException("`" + text + "` is no document id: " + e.getMessage());
    }
  }
}
