package dev.syncline.server.cli;

import dev.syncline.core.flow.Health;
import dev.syncline.core.model.SyncException;
import dev.syncline.core.model.WorkspaceName;
import dev.syncline.server.view.Workspaces;
import java.io.PrintStream;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Shows on a terminal how far the links of a workspace have come, as long as somebody waits for
 * them: one line that is written over, and gone in the end. Silent where there is no terminal.
 */
final class Meter implements AutoCloseable {

  private static final Pattern SHARE = Pattern.compile("(.*): ([0-9]+) of ([0-9]+)");
  private static final int WIDTH = 20;
  private static final int LINE = 78;
  private static final int STEP_MILLIS = 200;

  private final PrintStream screen;
  private final Workspaces workspaces;
  private final WorkspaceName workspace;
  private final Optional<Thread> thread;

  private Meter(Console console, Workspaces workspaces, WorkspaceName workspace) {
    this.screen = console.err();
    this.workspaces = workspaces;
    this.workspace = workspace;
    boolean isShown =
        console.screen() == Console.Screen.TERMINAL
            && !"dumb".equals(console.environment().get("TERM"));
    this.thread =
        isShown ? Optional.of(Thread.ofVirtual().name("meter").start(this::run)) : Optional.empty();
  }

  static Meter start(Console console, Workspaces workspaces, WorkspaceName workspace) {
    return new Meter(console, workspaces, workspace);
  }

  @Override
  public void close() {
    thread.ifPresent(it -> {
      it.interrupt();
      try {
        it.join();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      print("");
    });
  }

  private void run() {
    try {
      while (true) {
        Thread.sleep(STEP_MILLIS);
        print(line());
      }
    } catch (InterruptedException e) {
      // Nobody waits any more.
    }
  }

  private String line() {
    try {
      return workspaces.status(workspace).links().entrySet().stream()
          .filter(link -> link.getValue().health().condition() == Health.Condition.SYNCING)
          .findFirst()
          .map(link -> link.getKey() + "  " + bar(link.getValue().health().reason()))
          .orElse("");
    } catch (SyncException e) {
      return ""; // Whoever waits for the work hears why.
    }
  }

  /** A sentence that ends in a share, with a bar. */
  static String bar(String sentence) {
    Matcher share = SHARE.matcher(sentence);
    if (!share.matches()) {
      return sentence;
    }
    long all = Math.max(1, Long.parseLong(share.group(3)));
    long done = Math.min(all, Long.parseLong(share.group(2)));
    int full = (int) (WIDTH * done / all);
    return "[" + "#".repeat(full) + " ".repeat(WIDTH - full) + "] " + sentence;
  }

  private void print(String line) {
    String cut = line.length() > LINE ? line.substring(0, LINE) : line;
    screen.print("\r" + cut + " ".repeat(LINE - cut.length()) + "\r" + cut);
    screen.flush();
  }
}
