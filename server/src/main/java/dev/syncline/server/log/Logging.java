package dev.syncline.server.log;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.OutputStreamAppender;
import ch.qos.logback.core.joran.spi.ConsoleTarget;
import dev.syncline.server.config.LogSettings;
import java.io.Console;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;
import org.slf4j.ILoggerFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sets up log lines, in code: to look for files and read XML would slow the start. */
public final class Logging {

  /** What others tell at info is of interest to those who debug them. */
  private static final List<String> TALKATIVE =
      List.of("org.eclipse.jetty", "org.eclipse.jgit", "org.flywaydb", "com.zaxxer.hikari");

  /** What they warn of they throw as well, and whoever catches it says it. */
  private static final List<String> REPEATING =
      List.of("org.apache.sshd", "org.eclipse.jgit.internal.transport.sshd");

  private Logging() {}

  /** Writes lines to stderr from now on: stdout belongs to the results of commands. */
  public static void start(LogSettings settings) {
    start(settings, stderr());
  }

  static void start(LogSettings settings, OutputStream out) {
    ILoggerFactory factory = LoggerFactory.getILoggerFactory();
    if (factory instanceof LoggerContext context) {
      context.reset();
      configure(context, settings, out);
    }
  }

  static void configure(LoggerContext context, LogSettings settings, OutputStream out) {
    var lines =
        switch (settings.format()) {
          case TEXT -> new TextLines();
          case JSON -> new JsonLines();
          case AUTO -> isTerminal() ? new TextLines() : new JsonLines();
        };
    lines.setContext(context);
    lines.start();
    var appender = new OutputStreamAppender<ILoggingEvent>();
    appender.setContext(context);
    appender.setEncoder(lines);
    appender.setOutputStream(out);
    appender.start();
    var root = context.getLogger(Logger.ROOT_LOGGER_NAME);
    root.setLevel(level(settings.level()));
    root.addAppender(appender);
    if (settings.level() == LogSettings.Level.INFO) {
      TALKATIVE.forEach(name -> context.getLogger(name).setLevel(Level.WARN));
    }
    if (settings.level() != LogSettings.Level.DEBUG) {
      REPEATING.forEach(name -> context.getLogger(name).setLevel(Level.ERROR));
    }
  }

  /** Survives being closed, which happens to it whenever the settings change. */
  static OutputStream stderr() {
    return ConsoleTarget.SystemErr.getStream();
  }

  private static Level level(LogSettings.Level level) {
    return switch (level) {
      case ERROR -> Level.ERROR;
      case WARN -> Level.WARN;
      case INFO -> Level.INFO;
      case DEBUG -> Level.DEBUG;
    };
  }

  private static boolean isTerminal() {
    return Optional.ofNullable(System.console()).map(Console::isTerminal).orElse(false);
  }
}
