package dev.syncline.server.forge;

import dev.syncline.core.model.SyncException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Adds to a pull request what can be added, and keeps a sentence for the rest. One thread's. */
final class Additions {

  private final List<String> failures = new ArrayList<>();

  /** A sentence for each thing that could not be added. */
  List<String> failures() {
    return List.copyOf(failures);
  }

  void fail(String sentence) {
    failures.add(sentence);
  }

  /** Adds all at once, and each by itself if the forge refuses that. */
  void add(String what, List<String> names, Consumer<List<String>> request) {
    if (names.isEmpty()) {
      return;
    }
    try {
      request.accept(names);
    } catch (SyncException.Invalid | SyncException.Denied e) {
      if (names.size() == 1) {
        fail(what + " " + names.getFirst() + " was not added: " + e.getMessage());
      } else {
        names.forEach(name -> add(what, List.of(name), request));
      }
    } catch (SyncException.Unavailable | SyncException.Corrupt e) {
      fail(what + " " + String.join(", ", names) + " was not added: " + e.getMessage());
    }
  }

  /** Says which of the names an answer lacks, for forges that leave out what they don't take. */
  void missing(String what, List<String> asked, List<String> there, String why) {
    asked.stream()
        .filter(name -> there.stream().noneMatch(name::equalsIgnoreCase))
        .forEach(name -> fail(what + " " + name + " was not added: " + why));
  }
}
