package dev.syncline.server.cli;

/** Runs the server. */
record ServeCommand(Context context) implements Command {

  @Override
  public Shape shape() {
    return Context.withOldFlags(
            Context.withSettings(
                Shape.of("serve", "Run the server until it is told to stop (SIGTERM or Ctrl-C).")))
        .examples(
            "syncline serve",
            "syncline serve --port 8080 --data-dir /var/lib/syncline",
            "PORT=8080 syncline serve --documents-auth token");
  }

  @Override
  public ExitCode run(Arguments given) {
    return context.program().serve(context.configuration(given));
  }
}
