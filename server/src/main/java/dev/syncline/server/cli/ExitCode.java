package dev.syncline.server.cli;

/** How a command ended, for scripts. The numbers from 64 on are those of BSD's sysexits. */
public enum ExitCode {
  OK(0, "It worked."),
  BUG(1, "Something went wrong that is our fault: please report what stands on stderr."),
  USAGE(2, "The command line can't be understood; of `reference`, see 4."),
  DRIFT(2, "`reference`: the records differ."),
  PARTLY(3, "`reference`: some categories could not be used, or wait for a person."),
  ASKED_WRONGLY(
      4, "`reference`: the command, the workspace's file, or a file with a secret can't be used."),
  SOURCE(5, "`reference`: data can't be used, on either side: the message says which and why."),
  PLATFORM(6, "`reference`: the host of the repository doesn't take it, or can't be reached."),
  BAD_DATA(65, "What was given can't be used, in part or at all."),
  NOT_FOUND(66, "What was asked for does not exist: a document, a token, a file."),
  UNAVAILABLE(69, "It doesn't work now, and may later: a database or port can't be had."),
  IO(74, "A file can't be read or written."),
  DENIED(77, "It is not allowed: credentials or file permissions are missing."),
  CONFIGURATION(78, "The configuration can't be used: nothing was started.");

  private final int number;
  private final String sentence;

  ExitCode(int number, String sentence) {
    this.number = number;
    this.sentence = sentence;
  }

  /** This one, or the other if its number is higher: of two endings of `reference`, what counts. */
  ExitCode orWorse(ExitCode other) {
    return number >= other.number ? this : other;
  }

  /** What the process hands back. */
  public int number() {
    return number;
  }

  /** What it means. */
  public String sentence() {
    return sentence;
  }
}
