package dev.syncline.server.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** Reads settings from a YAML file, and knows the line of each. */
final class ConfigurationFile {

  private final Path file;
  private final Findings findings;

  private ConfigurationFile(Path file, Findings findings) {
    this.file = file;
    this.findings = findings;
  }

  static void read(Path file, Findings findings) {
    new ConfigurationFile(file, findings).read();
  }

  private void read() {
    try (var in = Files.newInputStream(file)) {
      new Compose(LoadSettings.builder().setLabel(file.toString()).build())
          .composeInputStream(in)
          .ifPresent(this::root);
    } catch (NoSuchFileException e) {
      findings.problem(file.toString(), "there is no such file");
    } catch (IOException e) {
      findings.problem(file.toString(), "can't be read: " + e.getMessage());
    } catch (MarkedYamlEngineException e) {
      findings.problem(
          e.getProblemMark().map(this::place).orElse(file.toString()),
          "is not YAML: " + e.getProblem());
    } catch (YamlEngineException e) {
      findings.problem(file.toString(), "is not YAML: " + e.getMessage());
    }
  }

  private void root(Node node) {
    if (node instanceof MappingNode mapping) {
      section("", mapping);
    } else if (!isNothing(node)) {
      findings.problem(
          place(node), "a configuration is made of lines like `log:` and `level: info`");
    }
  }

  /**
   * @param path of the section with a dot after it; empty for the whole file
   */
  private void section(String path, MappingNode mapping) {
    Map<String, Node> seen = new HashMap<>();
    for (NodeTuple entry : mapping.getValue()) {
      if (!(entry.getKeyNode() instanceof ScalarNode name)) {
        findings.problem(place(entry.getKeyNode()), "a key must be a word");
        continue;
      }
      Node before = seen.putIfAbsent(name.getValue(), name);
      if (before != null) {
        findings.problem(
            place(name),
            path
                + name.getValue()
                + " is given twice, first in line "
                + line(before.getStartMark()));
        continue;
      }
      entry(path + name.getValue(), name, entry.getValueNode());
    }
  }

  private void entry(String key, ScalarNode name, Node value) {
    Optional<Setting<?>> setting = Settings.of(key);
    if (name.getValue().indexOf('.') >= 0) {
      findings.problem(place(name), dotted(key));
    } else if (setting.isPresent()) {
      value(setting.get(), name, value);
    } else if (!Settings.isSection(key)) {
      findings.problem(place(name), unknown(key));
    } else if (value instanceof MappingNode mapping) {
      section(key + ".", mapping);
    } else if (!isNothing(value)) {
      // A section with all its lines commented out holds nothing, and that is fine.
      findings.problem(place(name), key + " is a section: its settings go below it, indented");
    }
  }

  private void value(Setting<?> setting, ScalarNode name, Node value) {
    boolean list = setting.type() instanceof AddressRanges;
    if (isNothing(value)) {
      findings.problem(place(name), setting + " has no value: write one, or leave the line out");
    } else if (list && value instanceof SequenceNode sequence) {
      items(sequence)
          .ifPresentOrElse(
              items -> give(setting, items, name),
              () -> findings.problem(place(value), setting + ": its items must be words"));
    } else if (!list && value instanceof ScalarNode scalar) {
      give(setting, scalar.getValue(), name);
    } else if (list) {
      findings.problem(place(value), setting + " is a list: write it as [10.0.0.0/8, 192.0.2.7]");
    } else {
      findings.problem(place(value), setting + " takes one value: " + setting.described());
    }
  }

  private void give(Setting<?> setting, String text, Node at) {
    String meant = text;
    Path folder = file.getParent();
    if (setting.type() instanceof LocalPath path && folder != null && !text.isBlank()) {
      meant = path.from(folder, text);
    }
    findings.give(new Given(setting, meant, new Origin(Origin.Layer.FILE, place(at))));
  }

  private static Optional<String> items(SequenceNode sequence) {
    List<String> items = new ArrayList<>();
    for (Node item : sequence.getValue()) {
      if (!(item instanceof ScalarNode scalar)) {
        return Optional.empty();
      }
      items.add(scalar.getValue());
    }
    return Optional.of(String.join(",", items));
  }

  private static String dotted(String key) {
    if (Settings.of(key).isEmpty()) {
      return unknown(key);
    }
    int dot = key.lastIndexOf('.');
    return "write `%s:` below `%s:`, indented, in place of `%s:`"
        .formatted(key.substring(dot + 1), key.substring(0, dot), key);
  }

  private static String unknown(String key) {
    List<String> known =
        Settings.all().stream().map(Setting::key).collect(Collectors.toCollection(ArrayList::new));
    known.addAll(Settings.sections());
    return Nearest.to(key, known)
        .map(near -> "unknown key " + key + "; did you mean " + near + "?")
        .orElse("unknown key " + key + "; `syncline config sample` lists the keys");
  }

  private static boolean isNothing(Node node) {
    return node.getTag().equals(Tag.NULL);
  }

  private String place(Node node) {
    return node.getStartMark().map(this::place).orElse(file.toString());
  }

  private String place(Mark mark) {
    return file + ":" + (mark.getLine() + 1);
  }

  private static int line(Optional<Mark> mark) {
    return mark.map(at -> at.getLine() + 1).orElse(1);
  }
}
