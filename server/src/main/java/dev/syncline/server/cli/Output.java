package dev.syncline.server.cli;

import dev.syncline.core.model.SyncException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Has a workspace's file write into a folder what it would propose. */
final class Output {

  private static final Pattern SECTION =
      Pattern.compile("^(\\s+)pull-request:[ \\t]*(\\{\\s*\\}|)[ \\t]*(#.*)?$", Pattern.MULTILINE);

  private Output() {}

  /**
   * The file with the folder.
   *
   * @throws SyncException.Invalid if it has no section for pull requests
   */
  static String in(String text, Optional<Path> folder) {
    if (folder.isEmpty()) {
      return text;
    }
    Matcher section = SECTION.matcher(text);
    if (!section.find()) {
      throw new SyncException.Invalid(
          "the workspace has no pull-request: (on a line of its own, below a git link)");
    }
    String indent = section.group(1).replace("\n", "");
    String path = "'" + folder.get().toString().replace("'", "''") + "'";
    return section.replaceFirst(
        Matcher.quoteReplacement(
            section.group(1) + "pull-request:\n" + indent + "  output: " + path));
  }
}
