package dev.syncline.server.cli;

import dev.syncline.core.model.SyncException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/**
 * Understands a command line and does what it says. Results go to stdout; what went wrong goes to
 * stderr, in one sentence.
 */
public final class Cli {

  private final Program program;
  private final Console console;

  public Cli(Program program, Console console) {
    this.program = program;
    this.console = console;
  }

  /** Runs one command line to its end. */
  public ExitCode run(String... args) {
    ExitCode ended = understood(args);
    console.out().flush();
    if (ended == ExitCode.OK && console.out().checkError()) {
      console.err().println("syncline: stdout can't be written to");
      return ExitCode.IO;
    }
    return ended;
  }

  private ExitCode understood(String... args) {
    Command command = Commands.tree(new Context(program, console), args);
    ParseResult parsed;
    try {
      parsed = new CommandLine(Commands.spec(command)).parseArgs(args);
    } catch (ParameterException e) {
      return usage(e.getCommandLine().getCommandSpec(), String.valueOf(e.getMessage()));
    }
    if (parsed.isVersionHelpRequested()) {
      console.out().println("syncline " + program.version());
      return ExitCode.OK;
    }
    while (parsed.hasSubcommand()) {
      parsed = parsed.subcommand();
      command = child(command, parsed.commandSpec().name());
    }
    return parsed.isUsageHelpRequested() ? help(parsed.commandSpec()) : run(command, parsed);
  }

  private static Command child(Command parent, String name) {
    return parent.children().stream()
        .filter(child -> child.shape().name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private ExitCode run(Command command, ParseResult parsed) {
    try {
      return command.run(new Arguments(parsed));
    } catch (UsageException e) {
      return usage(parsed.commandSpec(), String.valueOf(e.getMessage()));
    } catch (ConfigurationException e) {
      return failed(ExitCode.CONFIGURATION, e);
    } catch (NotFoundException e) {
      return failed(ExitCode.NOT_FOUND, e);
    } catch (SyncException e) {
      return failed(
          switch (e) {
            case SyncException.Invalid _, SyncException.Corrupt _ -> ExitCode.BAD_DATA;
            case SyncException.Denied _ -> ExitCode.DENIED;
            case SyncException.Unavailable _ -> ExitCode.UNAVAILABLE;
          },
          e);
    } catch (NoSuchFileException e) {
      console.err().println("syncline: there is no file " + e.getFile());
      return ExitCode.NOT_FOUND;
    } catch (AccessDeniedException e) {
      console.err().println("syncline: no permission for " + e.getFile());
      return ExitCode.DENIED;
    } catch (IOException | UncheckedIOException e) {
      console.err().println("syncline: can't read or write: " + e.getMessage());
      return ExitCode.IO;
    } catch (RuntimeException e) {
      console.err().println("syncline: this is a bug in Syncline; please report what follows");
      e.printStackTrace(console.err());
      return ExitCode.BUG;
    }
  }

  private ExitCode failed(ExitCode code, Exception e) {
    String cause =
        Optional.ofNullable(e.getCause())
            .map(Throwable::getMessage)
            .filter(message -> !String.valueOf(e.getMessage()).contains(message))
            .map(message -> ": " + message)
            .orElse("");
    console.err().println("syncline: " + e.getMessage() + cause);
    return code;
  }

  private ExitCode usage(CommandSpec spec, String sentence) {
    console.err().println("syncline: " + sentence);
    console.err().println("For help: " + spec.qualifiedName() + " --help");
    // There, 2 says that records differ, and scripts must be able to tell.
    boolean reference = spec.qualifiedName().startsWith("syncline reference");
    return reference ? ExitCode.ASKED_WRONGLY : ExitCode.USAGE;
  }

  private ExitCode help(CommandSpec spec) {
    var out = new PrintWriter(console.out(), false, StandardCharsets.UTF_8);
    spec.commandLine().usage(out, Ansi.OFF);
    out.flush();
    return ExitCode.OK;
  }
}
