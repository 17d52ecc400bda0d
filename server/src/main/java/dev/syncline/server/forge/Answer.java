package dev.syncline.server.forge;

import java.net.http.HttpHeaders;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

/**
 * What a forge answered.
 *
 * @param body missing if there is none
 * @param moved whether the forge sent us from where we asked to elsewhere
 */
record Answer(int status, HttpHeaders headers, JsonNode body, boolean moved) {

  private static final int LONGEST_SENTENCE = 400;
  private static final Pattern LINK = Pattern.compile("<([^>]+)>[^,]*;\\s*rel=\"?([a-z]+)\"?");

  /** A text of JSON, missing if it is blank; empty if it is something else. */
  static Optional<JsonNode> json(String text) {
    try {
      return Optional.of(
          text.isBlank() ? MissingNode.getInstance() : JsonMapper.shared().readTree(text));
    } catch (JacksonException _) {
      return Optional.empty();
    }
  }

  boolean isGood() {
    return status / 100 == 2;
  }

  Optional<String> header(String name) {
    return headers.firstValue(name);
  }

  /** A header that is a number. */
  Optional<Long> number(String name) {
    return header(name)
        .map(String::strip)
        .filter(text -> text.matches("[0-9]{1,12}"))
        .map(Long::valueOf);
  }

  /** What the forge's clock showed. */
  Optional<Instant> date() {
    try {
      return header("Date")
          .map(text -> ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant());
    } catch (DateTimeException _) {
      return Optional.empty();
    }
  }

  /** Where another page of a list is, such as {@code next} (RFC 8288). */
  Optional<String> link(String relation) {
    for (String value : headers.allValues("Link")) {
      Matcher link = LINK.matcher(value);
      while (link.find()) {
        if (link.group(2).equals(relation)) {
          return Optional.of(link.group(1));
        }
      }
    }
    return Optional.empty();
  }

  /** Whether its words contain others, in any case. */
  boolean says(String words) {
    return said().toLowerCase(Locale.ROOT).contains(words.toLowerCase(Locale.ROOT));
  }

  /** An error in the forge's own words, on one line. */
  String said() {
    var words = new ArrayList<String>();
    for (String key : List.of("message", "error", "error_description", "errors")) {
      collect(body.path(key), words);
    }
    String all = String.join("; ", words).replaceAll("\\s+", " ").strip();
    if (all.isEmpty()) {
      return "without a word";
    }
    return all.length() <= LONGEST_SENTENCE ? all : all.substring(0, LONGEST_SENTENCE) + "…";
  }

  /** GitLab gives messages by field, GitHub a list of what is wrong with which field. */
  private static void collect(JsonNode said, List<String> words) {
    if (said.isString()) {
      words.add(said.asString());
    } else if (said.isArray()) {
      said.forEach(part -> collect(part, words));
    } else if (said.path("message").isString()) {
      words.add(said.path("message").asString());
    } else if (said.path("code").isString()) {
      words.add(said.path("field").asString("") + " " + said.path("code").asString());
    } else if (said.isObject()) {
      said.properties()
          .forEach(field -> {
            var inner = new ArrayList<String>();
            collect(field.getValue(), inner);
            words.add(field.getKey() + ": " + String.join(", ", inner));
          });
    }
  }
}
