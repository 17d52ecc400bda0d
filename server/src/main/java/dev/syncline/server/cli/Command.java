package dev.syncline.server.cli;

import java.io.IOException;
import java.util.List;

/** One word of the command line: what may follow it, and what it does. */
interface Command {

  Shape shape();

  /**
   * @throws IOException if a file or stream can't be read or written
   */
  ExitCode run(Arguments given) throws IOException;

  /** The commands below it, in the order of its help. */
  default List<Command> children() {
    return List.of();
  }
}
