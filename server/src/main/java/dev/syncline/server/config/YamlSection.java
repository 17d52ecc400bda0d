package dev.syncline.server.config;

import dev.syncline.core.model.SyncException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * A section of a YAML file whose keys are known, or are names that somebody chose. What can't be
 * used is noted with its line, and reading goes on. Not thread-safe.
 */
final class YamlSection {

  private final String file;
  private final String path;
  private final List<Problem> problems;
  private final Map<String, Node> values = new LinkedHashMap<>();
  private final Map<String, Node> names = new LinkedHashMap<>();

  /**
   * @param file as problems name it
   * @param path of the section, with a dot after it; empty for the whole file
   */
  YamlSection(String file, String path, MappingNode node, List<Problem> problems) {
    this.file = file;
    this.path = path;
    this.problems = problems;
    for (NodeTuple entry : node.getValue()) {
      if (!(entry.getKeyNode() instanceof ScalarNode key)) {
        problem(entry.getKeyNode(), "a key must be a word");
      } else if (values.putIfAbsent(key.getValue(), entry.getValueNode()) != null) {
        problem(key, path + key.getValue() + " is given twice");
      } else {
        names.put(key.getValue(), key);
      }
    }
  }

  /** Notes every key that is none of these. */
  YamlSection knowsOnly(Set<String> keys) {
    names.forEach((key, node) -> {
      if (!keys.contains(key)) {
        String near =
            Nearest.to(key, List.copyOf(keys))
                .map(known -> "; did you mean " + known + "?")
                .orElse("; known are " + String.join(", ", keys.stream().sorted().toList()));
        problem(node, "unknown key " + path + key + near);
      }
    });
    return this;
  }

  Set<String> keys() {
    return names.keySet();
  }

  boolean has(String key) {
    return values.containsKey(key) && !values.get(key).getTag().equals(Tag.NULL);
  }

  /** A value; empty if it is not there, or can't be read and has been noted. */
  <T> Optional<T> value(String key, Function<String, T> reading) {
    if (!has(key)) {
      return Optional.empty();
    }
    if (!(values.get(key) instanceof ScalarNode scalar)) {
      problem(key, path + key + " takes one value");
      return Optional.empty();
    }
    return read(key, scalar.getValue(), reading);
  }

  /** The items of a list; one value counts as a list of one. */
  <T> List<T> list(String key, Function<String, T> reading) {
    var items = new ArrayList<T>();
    if (has(key)) {
      List<Node> nodes =
          values.get(key) instanceof SequenceNode sequence
              ? sequence.getValue()
              : List.of(values.get(key));
      for (Node node : nodes) {
        if (node instanceof ScalarNode scalar) {
          read(key, scalar.getValue(), reading).ifPresent(items::add);
        } else {
          problem(node, path + key + ": its items must be words");
        }
      }
    }
    return items;
  }

  /** A section below this one; empty if it is not there or is none. */
  Optional<YamlSection> section(String key) {
    if (!has(key)) {
      return Optional.empty();
    }
    if (values.get(key) instanceof MappingNode mapping) {
      return Optional.of(new YamlSection(file, path + key + ".", mapping, problems));
    }
    problem(key, path + key + " is a section: what belongs to it goes below it, indented");
    return Optional.empty();
  }

  /** Notes what is wrong with a key. */
  void problem(String key, String sentence) {
    Optional.ofNullable(names.get(key)).ifPresent(node -> problem(node, sentence));
  }

  private <T> Optional<T> read(String key, String text, Function<String, T> reading) {
    try {
      return Optional.of(reading.apply(text));
    } catch (SyncException.Invalid e) {
      problem(key, path + key + ": " + e.getMessage());
      return Optional.empty();
    }
  }

  private void problem(Node node, String sentence) {
    String place = node.getStartMark().map(mark -> file + ":" + (mark.getLine() + 1)).orElse(file);
    problems.add(new Problem(place, sentence));
  }
}
