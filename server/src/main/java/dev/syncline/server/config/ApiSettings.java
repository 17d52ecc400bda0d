package dev.syncline.server.config;

import dev.syncline.core.model.FilePath;
import dev.syncline.core.model.SyncException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * A link to a JSON API, as a workspace's file describes it.
 *
 * @param base where categories are, unless they say otherwise
 * @param categories what is read, by name
 * @param access what is shown to it
 * @param limits what is borne with
 * @param clash what is done where people and the source changed the same
 * @param offered how the source is told what people edited
 * @param lastUpdated what tells that something changed, if something does
 */
public record ApiSettings(
    URI base,
    SequencedMap<String, Category> categories,
    Access access,
    Limits limits,
    Clash clash,
    Offered offered,
    Optional<LastUpdated> lastUpdated) {

  public ApiSettings {
    categories = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(categories));
  }

  /**
   * A set of records.
   *
   * @param address what is asked for it
   * @param file what it is in the ledger
   * @param id the field that tells the objects of an array apart; empty if the records are members
   *     of an object
   * @param records where they are in an answer, as a JSON Pointer; empty for the whole
   * @param next {@code link}, a JSON Pointer, or {@code page} and a parameter's name: where the
   *     next page is; empty if there is one
   * @param schema a file with a JSON Schema
   * @param form what the records are as a file
   * @param fewest so many records have to differ before a pull request is opened for them
   */
  public record Category(
      URI address,
      FilePath file,
      Optional<String> id,
      String records,
      Optional<String> next,
      Optional<Path> schema,
      Form form,
      int fewest) {

    /** The same with its records in another form. */
    Category in(Form other) {
      return new Category(address, file, id, records, next, schema, other, fewest);
    }

    /** One that needs nothing said. */
    public static Category usual(URI address, String file) {
      return new Category(
          address,
          new FilePath(file),
          Optional.empty(),
          "",
          Optional.empty(),
          Optional.empty(),
          Form.JSON,
          1);
    }
  }

  /** What is done where people and the source changed the same, differently. */
  public enum Clash {
    /** The source's counts. */
    SOURCE,
    /** What people say counts. */
    GIT,
    /** A field that both changed waits for a person; all others are merged. */
    MERGE,
    /** A record that both changed waits for a person. */
    HOLD
  }

  /**
   * How the source is told what people edited; not at all if all is empty.
   *
   * @param file that its owners read
   * @param added method and address of the request for a record that people added
   * @param changed for one that they changed
   * @param removed for one that they removed
   */
  public record Offered(
      Optional<Path> file,
      Optional<String> added,
      Optional<String> changed,
      Optional<String> removed) {

    /** Not at all. */
    public static final Offered NOTHING =
        new Offered(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    /** Whether it is told. */
    public boolean isWanted() {
      return !equals(NOTHING);
    }
  }

  /** What the records of a category are as a file. */
  public enum Form {
    /** What the source says. */
    JSON,
    /** Rows of the AI Horde's {@code models.csv}. */
    HORDE_TEXT;

    static Form of(String text) {
      return switch (text) {
        case "json" -> JSON;
        case "horde-text" -> HORDE_TEXT;
        default -> throw new SyncException.Invalid("`" + text + "` is not json or horde-text");
      };
    }
  }

  /**
   * What is shown to the source.
   *
   * @param headers as they are
   * @param user for a password; empty for a bearer's token
   * @param token the token or password
   */
  public record Access(Map<String, String> headers, Optional<String> user, Optional<Secret> token) {

    /** Nothing. */
    public static final Access OPEN = new Access(Map.of(), Optional.empty(), Optional.empty());

    public Access {
      headers = Map.copyOf(headers);
    }
  }

  /**
   * What is borne with.
   *
   * @param timeout for one answer
   * @param mostLost how many percent of a category's records may be gone at once
   */
  public record Limits(Duration timeout, int mostLost) {

    /** 30 seconds, a quarter. */
    public static final Limits USUAL = new Limits(Duration.ofSeconds(30), 25);
  }

  /**
   * What tells that something changed.
   *
   * @param address what is asked
   * @param pointer to what it says
   * @param interval how often
   */
  public record LastUpdated(URI address, String pointer, Duration interval) {}
}
