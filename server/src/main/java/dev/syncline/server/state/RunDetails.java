package dev.syncline.server.state;

import dev.syncline.core.merge.Side;
import dev.syncline.core.model.ContentId;
import dev.syncline.core.model.FileMode;
import dev.syncline.core.model.FilePath;
import dev.syncline.core.model.FileVersion;
import dev.syncline.core.plan.Overruled;
import dev.syncline.core.plan.Run;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The details of a run as text: a line for each, its words separated by blanks, names and sentences
 * percent-encoded.
 *
 * @param overruled versions that were set aside
 * @param problems files that could not be handled, with the reason
 * @param reply what the endpoint answered
 */
record RunDetails(List<Overruled> overruled, Map<FilePath, String> problems, Run.Reply reply) {

  private static final int MANY = 1000;

  static RunDetails of(Run.Work work) {
    return new RunDetails(work.overruled(), work.problems(), work.reply());
  }

  static RunDetails parse(String text) {
    var overruled = new ArrayList<Overruled>();
    var problems = new HashMap<FilePath, String>();
    var notes = new ArrayList<String>();
    var proposed = new AtomicInteger();
    text.lines()
        .map(line -> line.split(" ", -1))
        .forEach(words -> {
          switch (words[0]) {
            case "overruled" -> overruled.add(overruled(words));
            case "problem" -> problems.put(new FilePath(plain(words[1])), plain(words[2]));
            case "proposed" -> proposed.set(Integer.parseInt(words[1]));
            case "note" -> notes.add(plain(words[1]));
            default -> {} // a later Syncline wrote more
          }
        });
    return new RunDetails(overruled, problems, new Run.Reply(proposed.get(), notes));
  }

  /** What {@link #parse} reads; of very many, the first. */
  String text() {
    return Stream.of(
            reply.proposed() == 0
                ? Stream.<String>empty()
                : Stream.of("proposed " + reply.proposed()),
            reply.notes().stream().map(note -> "note " + coded(note)),
            overruled.stream()
                .map(lost ->
                    "overruled %s %s %s"
                        .formatted(
                            lost.loser(),
                            coded(lost.path().value()),
                            lost.version()
                                .map(file -> file.content() + " " + file.mode())
                                .orElse("- -"))),
            problems.entrySet().stream()
                .map(problem ->
                    "problem %s %s"
                        .formatted(coded(problem.getKey().value()), coded(problem.getValue()))))
        .flatMap(lines -> lines)
        .limit(MANY)
        .collect(Collectors.joining("\n"));
  }

  private static Overruled overruled(String... words) {
    Optional<FileVersion> version =
        words[3].equals("-")
            ? Optional.empty()
            : Optional.of(new FileVersion(ContentId.parse(words[3]), FileMode.valueOf(words[4])));
    return new Overruled(new FilePath(plain(words[2])), Side.valueOf(words[1]), version);
  }

  private static String coded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private static String plain(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }
}
