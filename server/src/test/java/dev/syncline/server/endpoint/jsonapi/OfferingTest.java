package dev.syncline.server.endpoint.jsonapi;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.sun.net.httpserver.HttpServer;
import dev.syncline.core.model.FilePath;
import dev.syncline.server.endpoint.jsonapi.Category.AnswerShape;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** What a source hears of what people edited, over real HTTP. */
final class OfferingTest {

  @Test
  void oneRequestForEachRecord() throws IOException {
    List<String> heard = new CopyOnWriteArrayList<>();
    var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          String body =
              new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
          heard.add(
              (exchange.getRequestMethod() + " " + exchange.getRequestURI() + " " + body).strip());
          int status = exchange.getRequestMethod().equals("DELETE") ? 403 : 200;
          exchange.sendResponseHeaders(status, -1);
          exchange.close();
        });
    server.start();
    String root = "http://127.0.0.1:" + server.getAddress().getPort() + "/{category}/";
    var requests =
        new Offer.ByRequest(
            Map.of(
                Offer.Kind.ADDED, new Offer.Request("POST", root),
                Offer.Kind.CHANGED, new Offer.Request("PUT", root + "{key}"),
                Offer.Kind.REMOVED, new Offer.Request("DELETE", root + "{key}")));
    try (var http =
        new ApiHttp(Credentials.NONE, Duration.ofSeconds(20), Pace.USUAL, InstantSource.system())) {
      Edited edited =
          Edited.in(
              category(Optional.empty()),
              bytes("{\"a/b \u00e4\": {\"x\": 2}, \"new\": {\"x\": 1}}"),
              bytes("{\"a/b \u00e4\": {\"x\": 1}, \"gone\": {}}"));
      List<String> notes = new Offering(requests, http, Offering.Where.BASE).tell(List.of(edited));
      assertEquals(
          List.of(
              "POST /clip/ {\"x\": 1}", "PUT /clip/a%2Fb%20%C3%A4 {\"x\": 2}", "DELETE /clip/gone"),
          heard);
      assertEquals(2, notes.size(), notes::toString);
      assertEquals("3 records that people edited: offered to the source", notes.getFirst());
      assertEquals(
          List.of(),
          new Offering(new Offer.Nothing(), http, Offering.Where.BASE).tell(List.of(edited)));
    } finally {
      server.stop(0);
    }
  }

  static Category category(Optional<String> id) {
    return new Category(
        "clip",
        URI.create("http://127.0.0.1/clip"),
        new FilePath("clip.json"),
        new AnswerShape(id, "", Optional.empty()),
        Optional.empty(),
        new JsonForm(id));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
