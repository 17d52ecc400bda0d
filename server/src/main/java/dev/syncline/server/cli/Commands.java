package dev.syncline.server.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import picocli.CommandLine.Model.CommandSpec;

/** All commands, by the word that calls them. */
final class Commands {

  private static final Map<String, Function<Context, Command>> ALL = all();

  private Commands() {}

  /** Everything that can be said. */
  static Command tree(Context context) {
    return root(ALL.values().stream().map(command -> command.apply(context)).toList());
  }

  /** The same, without the commands that these arguments don't call: fewer have to be made. */
  static Command tree(Context context, String... args) {
    Function<Context, Command> called = args.length == 0 ? null : ALL.get(args[0]);
    return called == null ? tree(context) : root(List.of(called.apply(context)));
  }

  /** What picocli has to know of a command and those below it. */
  static CommandSpec spec(Command command) {
    CommandSpec spec = command.shape().spec();
    for (Command child : command.children()) {
      spec.addSubcommand(child.shape().name(), spec(child));
    }
    return spec;
  }

  private static Command root(List<Command> children) {
    return new Group(
        Shape.of(
                "syncline",
                "Keeps the same files in several places through one Git history, and serves Automerge"
                    + " documents.")
            .version()
            .examples(
                "syncline init                   keep a folder and a repository the same",
                "syncline serve                  start the server on port 3030",
                "syncline status                 show how each workspace is",
                "syncline config sample          show every setting",
                "syncline backup syncline.zip    save all documents while the server runs"),
        children);
  }

  private static Map<String, Function<Context, Command>> all() {
    var all = new LinkedHashMap<String, Function<Context, Command>>();
    all.put("serve", ServeCommand::new);
    all.put("config", ConfigCommands::of);
    all.put("init", InitCommand::new);
    all.put("workspace", WorkspaceCommands::of);
    all.put("sync", SyncCommand::new);
    all.put("status", StatusCommand::new);
    all.put("log", HistoryCommands.Log::new);
    all.put("history", HistoryCommands.History::new);
    all.put("conflicts", ConflictCommands::of);
    all.put("approve", ApproveCommand::new);
    all.put("doctor", DoctorCommand::new);
    all.put("ssh", SshCommands::of);
    all.put("webhook", WebhookCommands::of);
    all.put("reference", ReferenceCommands::of);
    all.put("import", TakeoverCommand::of);
    all.put("documents", DocumentCommands::of);
    all.put("token", TokenCommands::of);
    all.put("backup", BackupCommand::new);
    all.put("restore", RestoreCommand::new);
    all.put("completion", CompletionCommand::new);
    all.put("self-test", SelfTestCommand::new);
    return all;
  }
}
