package dev.syncline.server.endpoint.jsonapi;

import dev.syncline.core.model.FilePath;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/**
 * One set of records of a source.
 *
 * @param name what people call it
 * @param address what is asked for it
 * @param file what it is in the ledger
 * @param answer how an answer holds its records
 * @param schema a file with a JSON Schema that all records together have to fit
 * @param form what the records are as a file
 */
public record Category(
    String name,
    URI address,
    FilePath file,
    AnswerShape answer,
    Optional<Path> schema,
    RecordForm form) {

  /**
   * How an answer holds records.
   *
   * @param id the field that tells the objects of an array apart; empty if the records are members
   *     of an object
   * @param records where they are in an answer, as a JSON Pointer (RFC 6901); empty for the whole
   * @param next how the next page is found; empty if one answer has all
   */
  public record AnswerShape(Optional<String> id, String records, Optional<Next> next) {

    /** Members of an object, all in one answer. */
    public static final AnswerShape PLAIN = new AnswerShape(Optional.empty(), "", Optional.empty());
  }

  /** Where the next page is. */
  public sealed interface Next {

    /** A {@code Link} header with {@code rel="next"} (RFC 8288). */
    record LinkHeader() implements Next {}

    /**
     * An address in the answer.
     *
     * @param pointer to it; the last page has none there, null, or empty text
     */
    record Field(String pointer) implements Next {}

    /**
     * A number in the query, from 1 on, up to a page without records.
     *
     * @param parameter its name
     */
    record PageNumber(String parameter) implements Next {}
  }
}
