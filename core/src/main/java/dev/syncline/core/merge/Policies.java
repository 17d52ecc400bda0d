package dev.syncline.core.merge;

import dev.syncline.core.model.FilePath;
import dev.syncline.core.model.Glob;
import java.util.List;

/**
 * Which policy settles which path: the first rule that fits counts.
 *
 * @param rules in order
 * @param otherwise for paths that none fits
 */
public record Policies(List<Rule> rules, MergePolicy otherwise) {

  /** Paths, and what settles them. */
  public record Rule(Glob paths, MergePolicy policy) {}

  public Policies {
    rules = List.copyOf(rules);
  }

  /** What settles this path. */
  public MergePolicy of(FilePath path) {
    return rules.stream()
        .filter(rule -> rule.paths().matches(path))
        .map(Rule::policy)
        .findFirst()
        .orElse(otherwise);
  }
}
