package dev.syncline.server.cli;

import dev.syncline.core.model.WorkspaceName;
import dev.syncline.server.config.Json;
import dev.syncline.server.view.Workspaces;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/** Makes a workspace of a folder and a repository: three questions, or three options. */
record InitCommand(Context context) implements Command {

  private static final int LONGEST_NAME = 40;

  @Override
  public Shape shape() {
    return Context.withPlace(
            Shape.of("init", "Keep a folder and a repository the same: asks three questions."))
        .option("--folder", "DIR", "The folder; the current one if not given.")
        .option("--git", "URL", "The repository; - for none. https, ssh or a local folder.")
        .option("--name", "NAME", "The workspace; the folder's name if not given.")
        .option("--branch", "NAME", "Its branch; main if not given.")
        .option("--token-file", "FILE", "A file with a token for the repository's host.")
        .option("--ssh-key", "FILE", "A key for ssh; the one of syncline ssh keygen if not given.")
        .examples("syncline init", "syncline init --name notes --git git@github.com:ada/notes.git");
  }

  @Override
  public ExitCode run(Arguments given) throws IOException {
    var questions =
        new BufferedReader(new InputStreamReader(context.console().in(), StandardCharsets.UTF_8));
    Path here = context.console().folder().toAbsolutePath().normalize();
    Path folder =
        here.resolve(answer(given, "--folder", "Which folder?", here.toString(), questions))
            .normalize();
    String git =
        answer(given, "--git", "Which Git repository (URL, or - for none)?", "", questions);
    var name =
        new WorkspaceName(
            answer(
                given, "--name", "What shall the workspace be called?", nameOf(folder), questions));
    String text = text(folder, git, given);
    return context.administer(
        given,
        server -> {
          Workspaces workspaces = server.workspaces();
          if (workspaces.names().contains(name)) {
            throw new UsageException("there is a workspace " + name + " already");
          }
          workspaces.put(name, text);
          try (var _ = Meter.start(context.console(), workspaces, name)) {
            workspaces.sync(name, Optional.empty());
          }
          context.console().out().print(StatusText.text(workspaces.status(name)));
          context
              .console()
              .out()
              .println(
                  "To keep it so while you work: syncline serve. To look at it: syncline status");
          return ExitCode.OK;
        });
  }

  private String answer(
      Arguments given, String option, String question, String usual, BufferedReader in)
      throws IOException {
    Optional<String> said = given.option(option);
    if (said.isPresent()) {
      return said.get();
    }
    if (context.console().screen() == Console.Screen.NONE) {
      if (usual.isEmpty()) {
        throw new UsageException(
            "there is no terminal to ask on: say " + option + " (" + question + ")");
      }
      return usual;
    }
    context.console().err().print(question + (usual.isEmpty() ? " " : " [" + usual + "] "));
    context.console().err().flush();
    String line = in.readLine();
    String answer = line == null || line.isBlank() ? usual : line.strip();
    if (answer.isEmpty()) {
      throw new UsageException("an answer is needed; or say " + option);
    }
    return answer;
  }

  private String text(Path folder, String git, Arguments given) {
    var text = new StringBuilder("links:\n  folder:\n    folder: ");
    text.append(Json.line(folder.toString())).append('\n');
    if (!git.equals("-")) {
      text.append("  git:\n    git: ").append(Json.line(git)).append('\n');
      given
          .option("--branch")
          .ifPresent(branch -> text.append("    branch: " + Json.line(branch) + "\n"));
      if (git.startsWith("ssh://") || git.matches("[^/:@]+@[^/:@]+:.+")) {
        text.append("    ssh-key: ").append(Json.line(key(given))).append('\n');
      }
      given
          .option("--token-file")
          .ifPresent(file ->
              text.append(
                  "    token-file: "
                      + Json.line(
                          context.console().folder().resolve(file).toAbsolutePath().toString())
                      + "\n"));
    }
    return text.toString();
  }

  /** A key that is named, or one that was made before. */
  private String key(Arguments given) {
    Optional<String> named = given.option("--ssh-key");
    return named
        .map(file -> context.console().folder().resolve(file).toAbsolutePath().toString())
        .or(() ->
            context.program().ssh(context.configuration(given)).keys().stream()
                .findFirst()
                .map(key -> key.file().toString()))
        .orElseThrow(() ->
            new UsageException(
                "ssh needs a key: make one with syncline ssh keygen, or say" + " --ssh-key FILE"));
  }

  private static String nameOf(Path folder) {
    Path last = folder.getFileName();
    String plain =
        last == null
            ? ""
            : last.toString()
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^a-z0-9_-]+", "-")
                .replaceAll("^[^a-z0-9]+|-+$", "");
    String usual = plain.isEmpty() ? "files" : plain;
    return usual.substring(0, Math.min(usual.length(), LONGEST_NAME));
  }
}
