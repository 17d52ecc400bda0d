package dev.syncline.testkit.workspace;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** What happened in a history, a line for each event; costs nothing if nobody wants to hear it. */
final class Story {

  private final Simulation.Telling telling;
  private final List<String> lines = new ArrayList<>();

  Story(Simulation.Telling telling) {
    this.telling = telling;
  }

  void tell(Supplier<String> line) {
    if (telling == Simulation.Telling.ALOUD) {
      lines.add(line.get());
    }
  }

  List<String> lines() {
    return List.copyOf(lines);
  }
}
