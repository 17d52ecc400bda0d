package dev.syncline.server.config;

import dev.syncline.core.model.Author;
import dev.syncline.core.model.SyncException;
import dev.syncline.server.config.HordeCategory.Repository;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the preset {@code horde} does: the AI Horde's model reference, kept right in its two
 * repositories. From the variables of its own sync service.
 *
 * @param primary where the API is
 * @param timeout for one answer
 * @param categories what is synced, in order
 * @param image the repository of all but text models
 * @param text the repository of text models
 * @param access how GitHub knows us
 * @param review what is said on a pull request
 * @param work how far it goes
 * @param watch whether it goes on
 * @param author of commits
 */
public record HordeSettings(
    URI primary,
    Duration timeout,
    List<HordeCategory> categories,
    Repo image,
    Repo text,
    Access access,
    Review review,
    Work work,
    Watch watch,
    Author author) {

  public HordeSettings {
    categories = List.copyOf(categories);
  }

  /**
   * Reads them.
   *
   * @param environment variables; an option of a command is given as the variable that it replaces
   * @throws SyncException.Invalid with all problems, a line each
   */
  public static HordeSettings of(Map<String, String> environment) {
    return new HordeVariables(environment).settings();
  }

  /**
   * A repository on GitHub.
   *
   * @param host its address, without a slash at its end
   * @param branch that pull requests go to
   */
  public record Repo(String host, String owner, String name, String branch) {

    /** Where Git finds it. */
    String url() {
      return host + "/" + owner + "/" + name + ".git";
    }
  }

  /** How GitHub knows us. */
  public sealed interface Access {

    /** Not at all: enough to look, and for a dry run. */
    record Nobody() implements Access {}

    /** By a person's token. */
    record Token(Secret token) implements Access {}

    /**
     * As an app.
     *
     * @param id its client id or number
     * @param installation its number; empty if it is to be found out
     * @param key its private key
     */
    record App(String id, Optional<Long> installation, Secret key) implements Access {}
  }

  /**
   * What is said on a pull request.
   *
   * @param team short name of the team that reviews
   */
  public record Review(List<String> labels, List<String> reviewers, Optional<String> team) {
    public Review {
      labels = List.copyOf(labels);
      reviewers = List.copyOf(reviewers);
    }
  }

  /**
   * How far it goes.
   *
   * @param goal what comes of drift
   * @param threshold fewer changed records than these are left alone
   * @param output where changed files go if there is no pull request
   * @param target where repositories are kept
   * @param detail how much is told
   */
  public record Work(
      Goal goal, int threshold, Optional<Path> output, Optional<Path> target, Detail detail) {}

  /** What comes of drift. */
  public enum Goal {
    PULL_REQUEST,
    /** Changed files, and nothing on GitHub. */
    FILES,
    /** A report. */
    DRY_RUN
  }

  /** How much is told. */
  public enum Detail {
    USUAL,
    VERBOSE
  }

  /**
   * Whether it goes on.
   *
   * @param interval how often the API is asked when it was updated; empty to run once
   * @param delay before the first time
   * @param first what is done at the start
   */
  public record Watch(Optional<Duration> interval, Duration delay, First first) {}

  /** What is done at the start. */
  public enum First {
    SYNC,
    WAIT
  }

  /** The repository that holds a category's file. */
  public Repo repo(Repository which) {
    return switch (which) {
      case IMAGE -> image;
      case TEXT -> text;
    };
  }

  /** What is read for a repository; empty if none of its categories is synced. */
  public Optional<ApiSettings> source(Repository which) {
    var read = new LinkedHashMap<String, ApiSettings.Category>();
    for (HordeCategory category : categories) {
      if (category.repository() == which) {
        ApiSettings.Category usual =
            ApiSettings.Category.usual(address(category.word()), category.file().orElseThrow());
        read.put(
            category.word(),
            which == Repository.TEXT ? usual.in(ApiSettings.Form.HORDE_TEXT) : usual);
      }
    }
    return read.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new ApiSettings(
                primary,
                read,
                ApiSettings.Access.OPEN,
                new ApiSettings.Limits(timeout, ApiSettings.Limits.USUAL.mostLost()),
                ApiSettings.Clash.SOURCE,
                ApiSettings.Offered.NOTHING,
                watch
                    .interval()
                    .map(interval ->
                        new ApiSettings.LastUpdated(
                            address("metadata/last_updated"), "/last_updated", interval))));
  }

  private URI address(String path) {
    return ApiSection.resolved(primary, "model_references/v1/" + path);
  }
}
