package dev.syncline.server.endpoint.proposal;

import java.util.Optional;
import java.util.regex.Pattern;

/** In which form differences are shown: nobody is called in it, and no data are markup. */
enum Form {

  /** Folded lists in a pull request's body, beside what people say to one another. */
  BODY(2_000, 120) {
    @Override
    String heading(String text) {
      return "<details><summary>" + code(text) + "</summary>";
    }

    @Override
    String record(String what, String key) {
      return "- " + what + (what.isEmpty() ? "" : " ") + code(key);
    }

    @Override
    String field(String path, Optional<String> old, Optional<String> current) {
      return "  - %s: %s → %s".formatted(code(path), value(old), value(current));
    }

    @Override
    String remark(String text) {
      return "- " + text;
    }

    private String value(Optional<String> json) {
      return json.map(this::code).orElse("*missing*");
    }
  },

  /** Blocks of code in a file, which are as readable where nobody makes a page of it. */
  REPORT(100_000, 10_000) {
    @Override
    String heading(String text) {
      return "## " + code(text);
    }

    @Override
    String record(String what, String key) {
      return "    " + what + (what.isEmpty() ? "" : " ") + plain(key);
    }

    @Override
    String field(String path, Optional<String> old, Optional<String> current) {
      return "      %s: %s → %s".formatted(plain(path), value(old), value(current));
    }

    @Override
    String remark(String text) {
      return "    " + text;
    }

    private String value(Optional<String> json) {
      return json.map(this::plain).orElse("(missing)");
    }
  };

  private static final Pattern CONTROLS = Pattern.compile("[\\x00-\\x1f\\x7f]+");

  /** So many records of a file are shown. */
  final int mostRecords;

  private final int longestValue;

  Form(int mostRecords, int longestValue) {
    this.mostRecords = mostRecords;
    this.longestValue = longestValue;
  }

  /** What comes before a file's records. */
  abstract String heading(String text);

  /**
   * One record.
   *
   * @param what became of it; empty if its fields are told
   */
  abstract String record(String what, String key);

  /** One field, as JSON before and after; empty where it is missing. */
  abstract String field(String path, Optional<String> old, Optional<String> current);

  /** What else is to be said among a file's records. */
  abstract String remark(String text);

  /** As code: neither markup nor a mention of somebody. */
  String code(String text) {
    return "<code>"
        + plain(text)
            .replace("&", "&amp;")
            .replace("#", "&#35;") // Before all that are written with it.
            .replace("<", "&lt;")
            .replace(">", "&gt;")
            .replace("|", "&#124;")
            .replace("@", "&#64;")
            .replace("*", "&#42;")
            .replace("_", "&#95;")
            .replace("`", "&#96;")
            .replace("[", "&#91;")
        + "</code>";
  }

  String plain(String text) {
    return shortened(oneLine(text), longestValue);
  }

  static String oneLine(String text) {
    return CONTROLS.matcher(text).replaceAll(" ");
  }

  static String shortened(String text, int longest) {
    if (text.length() <= longest) {
      return text;
    }
    int end = longest - 1;
    return text.substring(0, Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end) + "…";
  }
}
