package dev.syncline.server.config;

/** What is logged, and how it looks. */
public record LogSettings(Format format, Level level) {

  /** How a line looks. */
  public enum Format {
    /** Text on a terminal, JSON otherwise. */
    AUTO,
    TEXT,
    JSON
  }

  /** The least important lines that are still written. */
  public enum Level {
    ERROR,
    WARN,
    INFO,
    DEBUG
  }
}
