package dev.syncline.server.app.trial;

import dev.syncline.core.model.DocumentId;
import dev.syncline.core.model.SyncException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Uses a server that was just started as its users will: asks for every page, edits documents with
 * one client and follows them with another. The launcher takes its run as the model for the JVM's
 * cache, so it goes on for long enough that the JVM sees what is used most.
 */
public final class SelfTest {

  private static final List<String> PATHS = List.of("/", "/healthz", "/readyz", "/metrics");
  private static final int OK = 200;
  private static final int DOCUMENTS = 20;
  private static final int EDITS_PER_DOCUMENT = 200;

  private final int port;

  public SelfTest(int port) {
    this.port = port;
  }

  /**
   * Runs it.
   *
   * @throws SyncException.Unavailable if an answer is wrong or does not come
   */
  public void run() throws IOException, InterruptedException {
    try (HttpClient http = HttpClient.newHttpClient()) {
      for (String path : PATHS) {
        ask(http, path);
      }
      URI server = URI.create("ws://127.0.0.1:" + port + "/");
      try (var writer = TrialClient.join(http, server, "writer");
          var reader = TrialClient.join(http, server, "reader")) {
        edit(writer, reader);
      }
    }
  }

  private void ask(HttpClient http, String path) throws IOException, InterruptedException {
    URI uri = URI.create("http://127.0.0.1:" + port + path);
    HttpRequest request = HttpRequest.newBuilder(uri).header("Accept", "text/html").build();
    int status = http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
    if (status != OK) {
      throw new SyncException.Unavailable(path + " was answered with " + status);
    }
  }

  private static void edit(TrialClient writer, TrialClient reader) throws InterruptedException {
    List<DocumentId> documents =
        IntStream.range(0, DOCUMENTS).mapToObj(number -> new DocumentId(number, number)).toList();
    List<TrialChange> changes = documents.stream().map(_ -> TrialChange.first()).toList();
    for (int i = 0; i < DOCUMENTS; i++) {
      writer.tell(documents.get(i), changes.get(i));
    }
    writer.hear(changes.stream().map(TrialChange::hash).toList());
    documents.forEach(reader::ask);
    reader.hear(changes.stream().map(TrialChange::chunk).toList());
    for (int edit = 1; edit < EDITS_PER_DOCUMENT; edit++) {
      var next = new ArrayList<TrialChange>();
      for (int i = 0; i < DOCUMENTS; i++) {
        next.add(changes.get(i).next());
        writer.tell(documents.get(i), next.get(i));
      }
      writer.hear(next.stream().map(TrialChange::hash).toList());
      reader.hear(next.stream().map(TrialChange::chunk).toList());
      for (int i = 0; i < DOCUMENTS; i++) {
        reader.acknowledge(documents.get(i), next.get(i));
      }
      changes = next;
    }
  }
}
