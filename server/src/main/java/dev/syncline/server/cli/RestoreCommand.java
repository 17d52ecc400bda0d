package dev.syncline.server.cli;

import dev.syncline.core.model.Author;
import dev.syncline.core.model.CommitId;
import dev.syncline.core.model.FilePath;
import dev.syncline.core.model.WorkspaceName;
import dev.syncline.core.port.Version;
import dev.syncline.server.view.Archive;
import dev.syncline.server.view.Workspaces;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Puts back what a backup holds, or one file of a workspace as it was. */
record RestoreCommand(Context context) implements Command {

  private static final Pattern FILE_OF_VERSION = Pattern.compile("(.+)@([0-9a-f]{7,40})");
  private static final int VERSIONS = 100_000;

  @Override
  public Shape shape() {
    return Chosen.withWorkspace(
            Shape.of(
                "restore",
                "Bring a file back as it was, or add what a backup holds; nothing is removed."))
        .parameter(
            "WHAT",
            "PATH@VERSION, as syncline history shows them; or a file that syncline backup wrote,"
                + " - for stdin.")
        .examples(
            "syncline restore notes/plan.md@1e9a2a52d6",
            "syncline restore syncline-2026-11-21.zip");
  }

  @Override
  public ExitCode run(Arguments given) throws IOException {
    String name = given.parameter();
    Matcher version = FILE_OF_VERSION.matcher(name);
    boolean isBackup = name.equals("-") || Files.exists(context.console().folder().resolve(name));
    return version.matches() && !isBackup
        ? restore(given, new FilePath(version.group(1)), version.group(2))
        : restoreBackup(given, name);
  }

  private ExitCode restoreBackup(Arguments given, String name) throws IOException {
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

  private ExitCode restore(Arguments given, FilePath path, String digits) throws IOException {
    var author = new Author(System.getProperty("user.name", "somebody"), "");
    return context.administer(
        given,
        server -> {
          WorkspaceName workspace = Chosen.of(given, server.workspaces());
          CommitId version =
              server.workspaces().history(workspace, Optional.of(path), VERSIONS).stream()
                  .map(Version::id)
                  .filter(id -> id.hex().startsWith(digits))
                  .findFirst()
                  .orElseThrow(
                      () -> new NotFoundException("there is no version " + digits + " of " + path));
          CommitId now = server.workspaces().restore(workspace, path, version, author);
          Workspaces.Status status = server.workspaces().sync(workspace, Optional.empty());
          context
              .console()
              .out()
              .println(path + " is again as in " + version.brief() + ", in " + now.brief());
          context.console().out().print(StatusText.text(status));
          return ExitCode.OK;
        });
  }
}
