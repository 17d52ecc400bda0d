package dev.syncline.server.cli;

import dev.syncline.core.model.WorkspaceName;
import dev.syncline.server.config.Connector;
import dev.syncline.server.view.Workspaces;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;

/** Takes over the data directory of another program. */
record TakeoverCommand(Context context) implements Command {

  static Command of(Context context) {
    return Group.of(
        "import", "Take over what another program kept until now.", new TakeoverCommand(context));
  }

  @Override
  public Shape shape() {
    return Context.withPlace(
            Shape.of(
                "relay-git-sync",
                "Take over a data directory of relay-git-sync: its repositories, keys and"
                    + " connectors. What is committed there counts as synced."))
        .parameter("DIR", "The folder that RELAY_GIT_DATA_DIR names, with repos/ in it.")
        .examples(
            "syncline import relay-git-sync /data",
            "syncline import relay-git-sync /old --data-dir /new");
  }

  @Override
  public ExitCode run(Arguments given) throws IOException {
    Path from = context.console().folder().resolve(given.parameter()).toAbsolutePath().normalize();
    Path to =
        context
            .console()
            .folder()
            .resolve(context.configuration(given).dataDir())
            .toAbsolutePath()
            .normalize();
    var old = new RelayGitSyncFolder(from);
    List<Connector> connectors = old.connectors();
    if (connectors.isEmpty()) {
      throw new NotFoundException(
          from + " holds no repos/RELAY/FOLDER with a repository: is it the data directory?");
    }
    for (Map.Entry<Path, Path> file : old.files(connectors).entrySet()) {
      bring(file.getKey(), to.resolve(file.getValue()));
    }
    return context.administer(given, server -> follow(connectors, old, server.workspaces()));
  }

  private ExitCode follow(
      List<Connector> connectors, RelayGitSyncFolder old, Workspaces workspaces) {
    for (Connector connector : connectors) {
      String head =
          old.isInFile(connector) ? Connector.FROM_FILE : "Taken over from relay-git-sync.";
      workspaces.put(new WorkspaceName(connector.workspace()), connector.text(head));
      context
          .console()
          .out()
          .println(
              connector.workspace()
                  + connector.remote().map(it -> "  → " + it.url()).orElse("  (no remote)"));
    }
    context
        .console()
        .out()
        .println(
            Texts.count(connectors.size(), "folder")
                + " taken over. Start it with the same environment as before: syncline serve");
    return ExitCode.OK;
  }

  /** Copies a file or a folder, unless it is there already. */
  private static void bring(Path from, Path to) throws IOException {
    if (from.equals(to) || Files.exists(to, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    Files.createDirectories(to.getParent());
    if (!Files.isDirectory(from, LinkOption.NOFOLLOW_LINKS)) {
      Files.copy(from, to, StandardCopyOption.COPY_ATTRIBUTES);
      return;
    }
    Path fresh = to.resolveSibling(to.getFileName() + ".new");
    try (var all = Files.walk(from)) {
      for (Path file : all.toList()) {
        Path there = fresh.resolve(from.relativize(file).toString());
        if (Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)) {
          Files.createDirectories(there);
        } else {
          Files.copy(
              file,
              there,
              LinkOption.NOFOLLOW_LINKS,
              StandardCopyOption.COPY_ATTRIBUTES,
              StandardCopyOption.REPLACE_EXISTING);
        }
      }
    }
    Files.move(fresh, to);
  }
}
