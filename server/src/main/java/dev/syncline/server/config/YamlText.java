package dev.syncline.server.config;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Writes settings as a configuration file: the sample, and what holds now. */
public final class YamlText {

  private static final String HEAD =
      """
      # Syncline's configuration. Each setting stands here with its default, or with an example
      # where it has none: take away the # in front of a line to change it. The flag of
      # `syncline serve` and the environment variable above each setting win over this file.
      # All rules: docs/configuration.md. To check a file: syncline config check
      """;

  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9._/][A-Za-z0-9._/-]*");

  /** Words that some readers of YAML take for something else than text. */
  private static final Pattern AMBIGUOUS = Pattern.compile("(?i)null|true|false|yes|no|on|off|y|n");

  private static final String INDENT = "  ";
  private static final int WIDTH = 96;

  private YamlText() {}

  /** A file in which every setting stands commented out, with its preset or an example. */
  public static String sample() {
    return HEAD + file(YamlText::sampleOf);
  }

  /** The values that hold, secrets masked, with the place that each comes from. */
  public static String shown(Values values) {
    return file(setting ->
        values
            .given(setting)
            .map(given -> List.of(lineOf(setting, given.shown()) + "  # " + given.origin()))
            .orElse(List.of()));
  }

  private static List<String> sampleOf(Setting<?> setting) {
    var lines = new ArrayList<String>();
    lines.add("");
    comment(setting.sentences(), lines);
    comment(
        "("
            + setting.flag().map(flag -> flag + ", ").orElse("")
            + setting.variable()
            + ": "
            + setting.described().replace("`", "")
            + ")",
        lines);
    lines.add("#" + lineOf(setting, setting.example()));
    return lines;
  }

  /**
   * @param lines what to write of a setting, without indentation; may be nothing
   */
  private static String file(Function<Setting<?>, List<String>> lines) {
    var out = new StringBuilder();
    List<String> open = List.of();
    for (Setting<?> setting : Settings.all()) {
      List<String> own = lines.apply(setting);
      if (own.isEmpty()) {
        continue;
      }
      List<String> path = Arrays.asList(setting.key().split("\\.", -1));
      List<String> sections = path.subList(0, path.size() - 1);
      for (int depth = 0; depth < sections.size(); depth++) {
        boolean isOpen =
            open.size() > depth
                && open.subList(0, depth + 1).equals(sections.subList(0, depth + 1));
        if (!isOpen) {
          // A blank line before each section, where there are blank lines at all.
          out.append(own.getFirst().isEmpty() ? "\n" : "");
          out.append(INDENT.repeat(depth)).append(sections.get(depth)).append(":\n");
        }
      }
      open = sections;
      String indent = INDENT.repeat(sections.size());
      for (String line : own) {
        out.append(line.isEmpty() ? "" : indent + line).append('\n');
      }
    }
    return out.toString();
  }

  private static String lineOf(Setting<?> setting, String text) {
    String name = setting.key().substring(setting.key().lastIndexOf('.') + 1);
    String value =
        setting.type() instanceof AddressRanges ranges
            ? ranges.parse(text).stream()
                .map(YamlText::scalar)
                .collect(Collectors.joining(", ", "[", "]"))
            : scalar(text);
    return name + ": " + value;
  }

  private static String scalar(String text) {
    boolean plain = PLAIN.matcher(text).matches() && !AMBIGUOUS.matcher(text).matches();
    return plain ? text : Json.line(text);
  }

  private static void comment(String sentences, List<String> lines) {
    var line = new StringBuilder("#");
    for (String word : sentences.split(" ", -1)) {
      if (line.length() + 1 + word.length() > WIDTH) {
        lines.add(line.toString());
        line = new StringBuilder("#");
      }
      line.append(' ').append(word);
    }
    lines.add(line.toString());
  }
}
