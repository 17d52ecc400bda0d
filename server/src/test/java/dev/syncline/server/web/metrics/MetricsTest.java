package dev.syncline.server.web.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.syncline.server.view.json.Samples;
import dev.syncline.server.web.RunningServer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Reads what the server writes, by the rules of Prometheus' text format and of its linter. */
final class MetricsTest {

  private static final Pattern SAMPLE =
      Pattern.compile(
          "(?<name>[a-z_:][a-z0-9_:]*)"
              + "(\\{[a-z_]+=\"(?:[^\"\\\\\n]|\\\\[\\\\\"n])*\"(?:,[a-z_]+=\"(?:[^\"\\\\\n]|\\\\[\\\\\"n])*\")*})?"
              + " (?<number>-?[0-9.]+(?:E-?[0-9]+)?)");

  private final RunningServer server = new RunningServer();

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void everyLineIsUnderstood() throws Exception {
    mustBeUnderstood(scrape());
  }

  private static void mustBeUnderstood(String text) {
    Map<String, String> types = new HashMap<>();
    List<String> lines = text.lines().toList();
    String family = "";
    for (int i = 0; i < lines.size(); i++) {
      if (lines.get(i).startsWith("# HELP ")) {
        String[] help = lines.get(i).split(" ", 4);
        String[] type = lines.get(++i).split(" ", 4);
        family = help[2];
        assertEquals("# TYPE " + family, type[0] + " " + type[1] + " " + type[2]);
        assertEquals(null, types.put(family, type[3]), family + " appears once");
        assertTrue(help[3].endsWith("."), "a sentence about " + family);
        continue;
      }
      Matcher sample = SAMPLE.matcher(lines.get(i));
      assertTrue(sample.matches(), lines.get(i));
      String suffix = sample.group("name").substring(family.length());
      assertTrue(
          "histogram".equals(types.get(family))
              ? List.of("_bucket", "_sum", "_count").contains(suffix)
              : suffix.isEmpty(),
          lines.get(i));
    }
    types.forEach((name, type) -> {
      assertEquals(type.equals("counter"), name.endsWith("_total"), name);
      assertTrue(!type.equals("histogram") || name.endsWith("_seconds"), name);
    });
  }

  @Test
  void bucketsAddUp() throws Exception {
    server.view.durations.record(100_000);
    server.view.durations.record(3_000_000);
    server.view.durations.record(20_000_000_000L);
    String text = scrape();
    List<Double> buckets = new ArrayList<>();
    Matcher sample = SAMPLE.matcher(text);
    while (sample.find()) {
      if (sample.group("name").equals("syncline_documents_acknowledgement_seconds_bucket")) {
        buckets.add(Double.parseDouble(sample.group("number")));
      }
    }
    assertEquals(buckets.stream().sorted().toList(), buckets);
    for (String line :
        List.of(
            "_bucket{le=\"1.0E-4\"} 1",
            "_bucket{le=\"0.005\"} 2",
            "_bucket{le=\"10\"} 2",
            "_bucket{le=\"+Inf\"} 3",
            "_sum 20.0031",
            "_count 3")) {
      assertTrue(text.contains("syncline_documents_acknowledgement_seconds" + line + "\n"), line);
    }
  }

  @Test
  void linksAreCounted() throws Exception {
    server.workspaces.status = Samples.status();
    String text = scrape();
    for (String line :
        List.of(
            "syncline_link_state{workspace=\"notes\",link=\"denied\",state=\"denied\"} 1\n",
            "syncline_link_syncs_total{workspace=\"notes\",link=\"denied\"} 10\n",
            "syncline_link_pending_changes{workspace=\"notes\",link=\"denied\"} 7\n")) {
      assertTrue(text.contains(line), line + " in\n" + text);
    }
    mustBeUnderstood(text);
  }

  @Test
  void whatHappenedIsCounted() throws Exception {
    server.get("/nothing");
    String text = scrape();
    for (String line :
        List.of(
            "syncline_info{version=\"0.1.0\"} 1",
            "syncline_ready 1",
            "syncline_documents_open 12",
            "syncline_documents_changes_stored_total 1234567",
            "syncline_documents_frames_total{direction=\"sent\"} 2",
            "syncline_documents_frames_rejected_total{reason=\"malformed\"} 5",
            "syncline_connections_max 100",
            "syncline_connections_refused_total{reason=\"too_many_from_address\"} 0",
            "syncline_http_responses_total{class=\"4xx\"} 1")) {
      assertTrue(text.contains(line + "\n"), line + " in\n" + text);
    }
  }

  private String scrape() throws Exception {
    var answer = server.get("/metrics");
    assertEquals(200, answer.statusCode());
    assertEquals(
        "text/plain; version=0.0.4; charset=utf-8",
        answer.headers().firstValue("Content-Type").get());
    return answer.body();
  }
}
