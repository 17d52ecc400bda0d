package dev.syncline.server.endpoint.proposal;

import dev.syncline.core.model.FilePath;
import dev.syncline.core.port.PullRequests.Text;
import dev.syncline.core.records.Differences;
import dev.syncline.core.records.FieldChange;
import dev.syncline.core.records.RecordChange;
import dev.syncline.server.endpoint.proposal.Drift.FileDrift;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.stream.Collectors;

/**
 * What a pull request says about a drift. Data are shown in a form in which nobody is called and
 * nothing is markup.
 *
 * @param wording the texts
 * @param longest of a body, in characters of UTF-16
 */
record ProposalText(Wording wording, int longest) {

  private static final int LONGEST_VALUE = 120;
  private static final int LONGEST_TITLE = 200;

  /** For what is cut, and the mark. */
  private static final int SPARE = 1_000;

  /**
   * The whole text.
   *
   * @param kept how the ledger differs from the source, by file: what people edited, and is kept
   */
  Text of(Drift drift, SortedMap<FilePath, Differences> kept) {
    String around = filled(wording.body(), drift, "");
    var details = new Lines(longest - around.length() - SPARE);
    table(drift, details);
    drift.files().forEach((path, file) -> file(path, file, details));
    kept.forEach((path, differences) -> kept(path, differences, details));
    return new Text(
        shortened(oneLine(filled(wording.title(), drift, "")), LONGEST_TITLE),
        filled(wording.body(), drift, details.text()).strip()
            + "\n\n"
            + Marker.of(drift.fingerprint())
            + "\n");
  }

  /** The subject and body of a commit. */
  static String commit(Drift drift) {
    var message = new StringBuilder("Sync " + names(drift) + "\n");
    drift
        .files()
        .forEach((path, file) ->
            message.append('\n').append(path.value()).append(": ").append(sentence(file)));
    return message.toString();
  }

  /** What is said below a pull request whose branch somebody else committed to. */
  static String toPeople(Drift drift, String by) {
    return (drift.isEmpty()
            ? "Nothing differs any more, so there is nothing left of ours to propose."
            : "The data differ in other records now ("
                + names(drift)
                + ": "
                + drift.count()
                + "). ")
        + " This branch has commits of "
        + code(by)
        + ", so it stays as it is: merge it, or delete it and a new pull request is opened."
        + "\n\n"
        + Marker.of(drift.fingerprint());
  }

  private void table(Drift drift, Lines into) {
    into.add("| file | added | removed | changed |");
    into.add("|---|---|---|---|");
    drift
        .files()
        .forEach((path, file) ->
            into.add(
                switch (file) {
                  case FileDrift.Whole(String what, String _) ->
                      "| " + code(path.value()) + " | " + what + " | | |";
                  case FileDrift.Records(Differences it, String _) ->
                      "| %s | %d | %d | %d |"
                          .formatted(
                              code(path.value()),
                              it.counts().added(),
                              it.counts().removed(),
                              it.counts().modified());
                }));
    into.add("");
  }

  private static void file(FilePath path, FileDrift drift, Lines into) {
    if (drift instanceof FileDrift.Records(Differences differences, String _)) {
      details(path.value() + ": " + sentence(drift), differences, into);
    }
  }

  private static void kept(FilePath path, Differences differences, Lines into) {
    details(
        path.value()
            + ": edited here and not at the source, and kept ("
            + differences.counts().total()
            + ")",
        differences,
        into);
  }

  private static void details(String summary, Differences differences, Lines into) {
    into.add("<details><summary>" + code(summary) + "</summary>");
    into.add("");
    differences.added().forEach(key -> into.add("- added " + code(key)));
    differences.removed().forEach(key -> into.add("- removed " + code(key)));
    for (RecordChange change : differences.modified()) {
      into.add("- " + code(change.key()));
      for (FieldChange field : change.fields()) {
        into.add(
            "  - %s: %s → %s"
                .formatted(code(field.path()), value(field.old()), value(field.current())));
      }
    }
    if (differences.reordered()) {
      into.add("- records stand in another order");
    }
    into.more(differences.omitted());
    into.add("");
    into.end("</details>");
  }

  private static String sentence(FileDrift drift) {
    return switch (drift) {
      case FileDrift.Whole(String what, String _) -> what;
      case FileDrift.Records(Differences it, String _) ->
          "%d added, %d removed, %d changed"
              .formatted(it.counts().added(), it.counts().removed(), it.counts().modified());
    };
  }

  private String filled(String template, Drift drift, String differences) {
    return template
        .replace("{files}", names(drift))
        .replace("{added}", Integer.toString(drift.sum(Differences.Counts::added)))
        .replace("{removed}", Integer.toString(drift.sum(Differences.Counts::removed)))
        .replace("{modified}", Integer.toString(drift.sum(Differences.Counts::modified)))
        .replace("{total}", Integer.toString(drift.count()))
        .replace("{source}", wording.source())
        .replace("{differences}", differences);
  }

  private static String names(Drift drift) {
    return drift.files().keySet().stream()
        .map(path -> path.value().substring(path.value().lastIndexOf('/') + 1))
        .map(name -> name.contains(".") ? name.substring(0, name.lastIndexOf('.')) : name)
        .distinct()
        .collect(Collectors.joining(", "));
  }

  private static String value(Optional<String> json) {
    return json.map(ProposalText::code).orElse("*missing*");
  }

  /** As code: neither markup nor a mention of somebody. */
  private static String code(String text) {
    String plain = shortened(oneLine(text), LONGEST_VALUE);
    return "<code>"
        + plain
            .replace("&", "&amp;")
            .replace("<", "&lt;")
            .replace(">", "&gt;")
            .replace("|", "&#124;")
            .replace("@", "&#64;")
            .replace("#", "&#35;")
            .replace("*", "&#42;")
            .replace("_", "&#95;")
            .replace("`", "&#96;")
            .replace("[", "&#91;")
        + "</code>";
  }

  private static String oneLine(String text) {
    return text.replaceAll("[\\x00-\\x1f\\x7f]+", " ");
  }

  private static String shortened(String text, int longest) {
    if (text.length() <= longest) {
      return text;
    }
    int end = longest - 1;
    return text.substring(0, Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end) + "…";
  }

  /** Lines as long as there is room for them. */
  private static final class Lines {
    private final StringBuilder text = new StringBuilder();
    private final int room;
    private int left;

    Lines(int room) {
      this.room = room;
    }

    void add(String line) {
      if (left > 0 || text.length() + line.length() + 1 > room) {
        left += line.isEmpty() ? 0 : 1;
      } else {
        text.append(line).append('\n');
      }
    }

    /** What was not even brought here. */
    void more(int lines) {
      if (lines > 0) {
        add("- … and " + lines + " records more");
      }
    }

    /** Ends what was begun, if that was. */
    void end(String line) {
      List<String> open = List.of(text.toString().toLowerCase(Locale.ROOT).split("<details>", -1));
      long closed = text.toString().split("</details>", -1).length - 1L;
      if (open.size() - 1 > closed) {
        text.append('\n').append(line).append('\n');
      }
    }

    String text() {
      return left == 0
          ? text.toString()
          : text
              + "\n… and "
              + left
              + " lines more than fit in here: all of it is under “Files changed”, and what"
              + " `syncline reference diff` shows.\n";
    }
  }
}
