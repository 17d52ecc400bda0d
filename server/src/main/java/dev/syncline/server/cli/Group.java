package dev.syncline.server.cli;

import java.util.List;
import java.util.stream.Collectors;

/** A word that only leads to others: {@code syncline token …}. */
record Group(Shape shape, List<Command> children) implements Command {

  Group {
    children = List.copyOf(children);
  }

  static Group of(String name, String sentence, Command... children) {
    return new Group(Shape.of(name, sentence), List.of(children));
  }

  @Override
  public ExitCode run(Arguments given) {
    String names =
        children.stream().map(child -> child.shape().name()).collect(Collectors.joining(", "));
    throw new UsageException("a command is missing after " + shape.name() + ": " + names);
  }
}
