package dev.syncline.server.remote;

import dev.syncline.core.model.SyncException;
import dev.syncline.server.compress.ZstdCoding;
import dev.syncline.server.view.json.JsonText;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Requests to the administration API, and what their failures mean. Thread-safe. */
final class Wire implements AutoCloseable {

  private static final String ROOT = "/api/v1/";
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);

  private final URI address;
  private final String token;
  private final HttpClient client;

  Wire(URI address, String token, Optional<SSLContext> trust) {
    String scheme = String.valueOf(address.getScheme()).toLowerCase(Locale.ROOT);
    if (!(scheme.equals("http") || scheme.equals("https")) || address.getHost() == null) {
      throw new SyncException.Invalid(
          "`" + address + "` is not the address of a server, like https://sync.example.org");
    }
    this.address = address;
    this.token = token;
    HttpClient.Builder builder =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT_TIMEOUT);
    trust.ifPresent(builder::sslContext);
    this.client = builder.build();
  }

  /** Gets a value; empty if there is nothing of this name. */
  Optional<JsonNode> find(String path) {
    return json(request(path).GET().build(), Nothing.IF_MISSING);
  }

  /** Gets a value that must be there. */
  JsonNode get(String path) {
    return json(request(path).GET().build(), Nothing.NEVER).orElseThrow(() -> noAnswer(path));
  }

  /** Sends something and gets a value back. */
  JsonNode post(String path, String type, BodyPublisher body) {
    return json(posting(path, type, body).build(), Nothing.NEVER).orElseThrow(() -> noAnswer(path));
  }

  /** Sends bytes in a coding; empty if the server doesn't know it, and has not asked for them. */
  Optional<JsonNode> postCoded(String path, String coding, BodyPublisher body) {
    HttpRequest.Builder request =
        posting(path, "application/octet-stream", body).header("Content-Encoding", coding);
    return json(request.build(), Nothing.IF_UNREADABLE);
  }

  private HttpRequest.Builder posting(String path, String type, BodyPublisher body) {
    return request(path)
        .header("Content-Type", type)
        // So that a long body isn't sent to a server that doesn't want it.
        .expectContinue(true)
        .POST(body);
  }

  /** Asks for something to be done; an empty object if there is nothing to say about it. */
  JsonNode ask(String method, String path, BodyPublisher body) {
    return json(request(path).method(method, body).build(), Nothing.NEVER)
        .orElseThrow(() -> noAnswer(path));
  }

  /** Posts a decision; empty if what it was made on has moved meanwhile. */
  Optional<JsonNode> decide(String path, JsonNode body) {
    HttpRequest request =
        request(path)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofByteArray(JsonText.bytes(body)))
            .build();
    return json(request, Nothing.IF_MOVED);
  }

  /** Deletes something; whether it was there. */
  boolean delete(String path) {
    HttpResponse<InputStream> response = send(request(path).DELETE().build());
    try (InputStream body = response.body()) {
      if (response.statusCode() == 404) {
        return false;
      }
      check(response, body);
      return true;
    } catch (IOException e) {
      throw cut(e);
    }
  }

  /** Gets bytes. The caller reads and closes the body. */
  HttpResponse<InputStream> stream(String path) {
    return stream(request(path));
  }

  /** Gets contents, in a coding if both sides know one. The caller reads and closes them. */
  InputStream contents(String path) {
    HttpRequest.Builder request = request(path);
    if (ZstdCoding.isThere()) {
      request.header("Accept-Encoding", ZstdCoding.NAME);
    }
    HttpResponse<InputStream> response = stream(request);
    boolean isCoded =
        response
            .headers()
            .firstValue("Content-Encoding")
            .filter(ZstdCoding.NAME::equals)
            .isPresent();
    try {
      return isCoded ? ZstdCoding.decompressing(response.body()) : response.body();
    } catch (IOException e) {
      throw cut(e);
    }
  }

  private HttpResponse<InputStream> stream(HttpRequest.Builder request) {
    HttpResponse<InputStream> response = send(request.GET().build());
    if (response.statusCode() != 200) {
      try (InputStream body = response.body()) {
        check(response, body);
      } catch (IOException e) {
        throw cut(e);
      }
    }
    return response;
  }

  /** Gets bytes; empty if there is nothing of this name. The caller closes them. */
  Optional<InputStream> findBytes(String path) {
    HttpResponse<InputStream> response = send(request(path).GET().build());
    if (response.statusCode() == 200) {
      return Optional.of(response.body());
    }
    try (InputStream body = response.body()) {
      if (response.statusCode() != 404) {
        check(response, body);
      }
      return Optional.empty();
    } catch (IOException e) {
      throw cut(e);
    }
  }

  /** The connection ended in the middle of an answer. */
  SyncException.Unavailable cut(IOException cause) {
    return new SyncException.Unavailable(
        "the connection to " + address + " broke: " + Failures.reason(cause), cause);
  }

  @Override
  public void close() {
    // Not close(), which would wait for answers that nobody reads any more.
    client.shutdownNow();
  }

  private HttpRequest.Builder request(String path) {
    String base = address.toString().replaceFirst("/+$", "");
    return HttpRequest.newBuilder(URI.create(base + ROOT + path))
        .header("Authorization", "Bearer " + token);
  }

  private Optional<JsonNode> json(HttpRequest request, Nothing nothing) {
    HttpResponse<InputStream> response = send(request);
    try (InputStream body = response.body()) {
      if (response.statusCode() == nothing.status) {
        return Optional.empty();
      }
      check(response, body);
      if (response.statusCode() == 204) {
        return Optional.of(JsonMapper.shared().createObjectNode());
      }
      return Optional.of(JsonMapper.shared().readTree(body.readAllBytes()));
    } catch (JacksonException e) {
      throw noAnswer(request.uri().getPath());
    } catch (IOException e) {
      throw cut(e);
    }
  }

  private HttpResponse<InputStream> send(HttpRequest request) {
    try {
      return client.send(request, BodyHandlers.ofInputStream());
    } catch (IOException e) {
      throw Failures.unreachable(address, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new SyncException.Unavailable("interrupted while waiting for " + address, e);
    }
  }

  private void check(HttpResponse<InputStream> response, InputStream body) throws IOException {
    if (response.statusCode() / 100 != 2) {
      throw Failures.of(address, response.statusCode(), body.readNBytes(Failures.MAX_BYTES));
    }
  }

  private SyncException.Invalid noAnswer(String path) {
    return new SyncException.Invalid(
        address + " answers, but not as a Syncline server does (" + path + ")");
  }

  /** Which status is an answer, and says that there is nothing. */
  private enum Nothing {
    NEVER(0),
    IF_MISSING(404),
    IF_MOVED(409),
    IF_UNREADABLE(415);

    private final int status;

    Nothing(int status) {
      this.status = status;
    }
  }
}
