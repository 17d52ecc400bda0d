package dev.syncline.server.app;

import dev.syncline.server.cli.Cli;
import dev.syncline.server.cli.Console;

/** Where the process begins. */
public final class Main {

  private Main() {}

  public static void main(String[] args) {
    System.exit(new Cli(new Syncline(), Console.system()).run(args).number());
  }
}
