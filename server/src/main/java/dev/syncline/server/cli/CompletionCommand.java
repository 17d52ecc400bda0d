package dev.syncline.server.cli;

import picocli.AutoComplete;
import picocli.CommandLine;

/** Prints a script with which a shell completes our command lines. */
record CompletionCommand(Context context) implements Command {

  @Override
  public Shape shape() {
    return Shape.of("completion", "Print a script that completes command lines in bash or zsh.")
        .parameter("SHELL", "bash or zsh.")
        .examples(
            "source <(syncline completion bash)    now, or in ~/.bashrc",
            "source <(syncline completion zsh)     now, or in ~/.zshrc");
  }

  @Override
  public ExitCode run(Arguments given) {
    String shell = given.parameter();
    if (!shell.equals("bash") && !shell.equals("zsh")) {
      throw new UsageException("no completion for " + shell + ": use bash or zsh");
    }
    // One script for both: it makes zsh understand bash's way of completing.
    var all = new CommandLine(Commands.spec(Commands.tree(context)));
    context.console().out().print(AutoComplete.bash("syncline", all));
    return ExitCode.OK;
  }
}
