package dev.syncline.server.cli;

import dev.syncline.server.view.Archive;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.nio.file.Files;

/** Puts back what a backup holds. */
record RestoreCommand(Context context) implements Command {

  @Override
  public Shape shape() {
    return Context.withPlace(
            Shape.of(
                "restore", "Add what a backup holds to what is here; nothing here is removed."))
        .parameter("FILE", "A file that syncline backup wrote; - for stdin.")
        .examples("syncline restore syncline-2026-11-21.zip");
  }

  @Override
  public ExitCode run(Arguments given) throws IOException {
    String name = given.parameter();
    Console console = context.console();
    try (var in =
        name.equals("-")
            ? console.in()
            : new BufferedInputStream(Files.newInputStream(console.folder().resolve(name)))) {
      Archive.Contents restored = context.administer(given, server -> server.archive().restore(in));
      console.out().println("restored " + Texts.contents(restored));
    }
    return ExitCode.OK;
  }
}
