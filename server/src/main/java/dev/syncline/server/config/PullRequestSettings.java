package dev.syncline.server.config;

import dev.syncline.core.model.FilePath;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * How changes to a branch are proposed.
 *
 * @param branch the branch that carries them; one named after the workspace if empty
 * @param host where pull requests are, if the repository's address doesn't say it
 * @param wording what they say
 * @param company who and what is added to them
 * @param fewest so many records have to differ before one is opened
 * @param derived files that follow from others, and are made anew with each proposal
 * @param output a folder that gets the files as they would be proposed; then nobody is asked
 */
public record PullRequestSettings(
    Optional<String> branch,
    Host host,
    Wording wording,
    Company company,
    int fewest,
    Set<Derived> derived,
    Optional<Path> output) {

  public PullRequestSettings {
    derived = Set.copyOf(derived);
  }

  /** The kinds of forges. */
  public enum Forge {
    GITHUB,
    GITLAB,
    /** And Forgejo. */
    GITEA
  }

  /**
   * Where pull requests are.
   *
   * @param forge what the host is
   * @param api where its API is
   * @param token for the API, if it is another one than for Git
   */
  public record Host(Optional<Forge> forge, Optional<URI> api, Optional<Secret> token) {}

  /**
   * What a pull request says; what is empty is said as usual.
   *
   * @param title one line, with names in braces
   * @param body Markdown, with names in braces
   * @param source where the data come from
   */
  public record Wording(Optional<String> title, Optional<String> body, Optional<String> source) {}

  /** Who and what is added to a pull request, by their names on the forge. */
  public record Company(
      List<String> labels, List<String> reviewers, List<String> teams, List<String> assignees) {
    public Company {
      labels = List.copyOf(labels);
      reviewers = List.copyOf(reviewers);
      teams = List.copyOf(teams);
      assignees = List.copyOf(assignees);
    }
  }

  /**
   * A file that follows from another one beside it.
   *
   * @param master the file that it follows from
   * @param by how
   */
  public record Derived(FilePath master, Rule by) {}

  /** How files follow from others. */
  public enum Rule {
    /** The AI Horde's {@code db.json}, from {@code models.csv}. */
    HORDE
  }
}
