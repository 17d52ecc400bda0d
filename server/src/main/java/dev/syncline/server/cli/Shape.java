package dev.syncline.server.cli;

import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/**
 * What may follow a command's name. Made without annotations: to read them costs a good part of the
 * start.
 */
final class Shape {

  private final CommandSpec spec = CommandSpec.create();

  private Shape(String name, String sentence) {
    spec.name(name);
    spec.usageMessage().description(sentence).abbreviateSynopsis(true);
    spec.addOption(
        OptionSpec.builder("-h", "--help")
            .usageHelp(true)
            .type(boolean.class)
            .description("Show this help.")
            .build());
  }

  static Shape of(String name, String sentence) {
    return new Shape(name, sentence);
  }

  String name() {
    return spec.name();
  }

  /** Answers to {@code --version}. */
  Shape version() {
    spec.addOption(
        OptionSpec.builder("-V", "--version")
            .versionHelp(true)
            .type(boolean.class)
            .description("Show the version.")
            .build());
    return this;
  }

  /** Something that is said or not: {@code --json}. */
  Shape flag(String name, String sentence) {
    spec.addOption(
        OptionSpec.builder(name).type(boolean.class).arity("0").description(sentence).build());
    return this;
  }

  /** Something with a value, once: {@code --id ID}. */
  Shape option(String name, String value, String sentence) {
    spec.addOption(
        OptionSpec.builder(name)
            .type(String.class)
            .paramLabel(value)
            .description(literal(sentence))
            .build());
    return this;
  }

  /** Something with a value, as often as wanted. */
  Shape options(String name, String value, String sentence) {
    spec.addOption(
        OptionSpec.builder(name)
            .type(String[].class)
            .arity("1")
            .paramLabel(value)
            .description(literal(sentence))
            .build());
    return this;
  }

  /** What stands without a name, behind those that were named before. */
  Shape parameter(String label, String sentence) {
    return positional(label, "1", sentence);
  }

  /** The same, at least once. */
  Shape parameters(String label, String sentence) {
    return positional(label, "1..*", sentence);
  }

  /** Command lines to copy. */
  Shape examples(String... lines) {
    spec.usageMessage()
        .footer(
            Stream.concat(
                    Stream.of("", "Examples:"),
                    List.of(lines).stream().map(line -> literal("  " + line)))
                .toArray(String[]::new));
    return this;
  }

  CommandSpec spec() {
    return spec;
  }

  private Shape positional(String label, String arity, String sentence) {
    int place = spec.positionalParameters().size();
    spec.addPositional(
        PositionalParamSpec.builder()
            .paramLabel(label)
            .type(String[].class)
            .index(arity.equals("1") ? String.valueOf(place) : place + "..*")
            .arity(arity)
            .required(true)
            .description(literal(sentence))
            .build());
    return this;
  }

  /** Picocli takes descriptions for format strings. */
  private static String literal(String text) {
    return text.replace("%", "%%");
  }
}
