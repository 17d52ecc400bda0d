package dev.syncline.server.endpoint.proposal;

/**
 * What a pull request says: texts with names in braces that are replaced. {@code {files}} the names
 * of the files without their folders and endings; {@code {added}}, {@code {removed}}, {@code
 * {modified}}, {@code {total}} how many records; {@code {source}} where they come from; {@code
 * {differences}} a table, and below it each record and field, as far as the host takes it.
 *
 * @param title one line
 * @param body in Markdown
 * @param source where the data come from
 */
public record Wording(String title, String body, String source) {

  /** What is said if nobody says otherwise. */
  public static Wording usual(String source) {
    return new Wording(
        "Data differs from its source: {files}",
        """
        {source} and this repository differ; records that do: {total}. Merging this brings them in \
        line.

        {differences}

        This pull request follows the data: it is brought up to date, and closes itself when \
        nothing differs. Close it to decline these changes; commit to its branch and it is left to \
        you.
        """,
        source);
  }
}
