package dev.syncline.server.cli;

import dev.syncline.server.cli.FileOutput.Overwrite;
import dev.syncline.server.view.Archive;
import java.io.IOException;

/** Saves everything that must not be lost. */
record BackupCommand(Context context) implements Command {

  @Override
  public Shape shape() {
    return Context.withPlace(
            Shape.of(
                "backup",
                "Write documents, workspaces and tokens into one file; the server may run on."))
        .parameter("FILE", "The file to write (zip); - for stdout.")
        .flag("--force", "Replace the file if it is there already.")
        .examples(
            "syncline backup syncline-$(date +%F).zip",
            "syncline backup - | ssh nas 'cat > b.zip'");
  }

  @Override
  public ExitCode run(Arguments given) throws IOException {
    var output =
        new FileOutput(
            context.console(),
            given.parameter(),
            given.has("--force") ? Overwrite.REPLACE : Overwrite.REFUSE);
    Archive.Contents saved =
        context.administer(given, server -> output.write(server.archive()::backup));
    var report = output.isStdout() ? context.console().err() : context.console().out();
    report.println("saved " + Texts.contents(saved));
    return ExitCode.OK;
  }
}
