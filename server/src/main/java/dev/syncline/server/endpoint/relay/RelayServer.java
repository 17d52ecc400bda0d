package dev.syncline.server.endpoint.relay;

import dev.syncline.core.model.SyncException;
import dev.syncline.server.config.Secret;
import dev.syncline.yjs.MalformedUpdateException;
import dev.syncline.yjs.YDoc;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a Relay Server gives by HTTP. It is asked only for what somebody wants, and never waited for
 * without end. Thread-safe.
 */
public final class RelayServer implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /** For attachments, of which servers take up to 250 MiB. */
  private static final Duration LONG = Duration.ofMinutes(10);

  /** A document of a folder of 100,000 files has about 20 MB. */
  private static final int MOST_BYTES = 32 << 20;

  private static final int MOST_BYTES_OF_ANSWERS = 64 << 10;
  private static final long MOST_BYTES_OF_ATTACHMENTS = 1L << 30;

  /** How an update that says nothing is written. */
  private static final byte[] NOTHING = {0, 0};

  private final RelayHttp http;
  private final Way way;
  private final Duration patience;

  /**
   * @param base where the server is: {@code https://…}, or {@code http://…} as it is
   * @param key a server's or a prefix's token; it is sent to the server, in a header, and nowhere
   *     else
   */
  public RelayServer(URI base, Secret key, Way way, InstantSource clock) {
    this(new RelayHttp(base, key, clock), way, PATIENCE);
  }

  /**
   * @param patience for all but attachments
   */
  RelayServer(RelayHttp http, Way way, Duration patience) {
    this.http = http;
    this.way = way;
    this.patience = patience;
  }

  /**
   * A document as it is now. One that nobody has uploaded yet is an empty document, since that is
   * what the server says of it: it must not be taken for one whose contents were deleted.
   *
   * @throws SyncException.Denied if the server doesn't take the key
   * @throws SyncException.Unavailable if it can't be asked now, or answers with something else
   */
  public YDoc document(RelayId id) {
    byte[] update =
        http.talk(() ->
            switch (way) {
              case REQUEST -> update(id);
              // Who may only read can't open what is not there.
              case SOCKET -> http.open(id, MOST_BYTES, patience).orElse(NOTHING);
            });
    try {
      return YDoc.reading(update);
    } catch (MalformedUpdateException e) {
      throw new SyncException.Unavailable(
          "the Relay Server " + http + " sends a document that can't be read: " + id, e);
    }
  }

  /**
   * Fetches an attachment, and makes sure that it is the one.
   *
   * @param file where to
   * @return why it can't be had for now, if it can't: it is not uploaded, or is kept from us
   * @throws SyncException.Denied if the server doesn't take the key
   * @throws SyncException.Unavailable if it can't be asked now
   */
  Optional<String> download(Entry.Attachment attachment, Path file) {
    String address = "f/" + attachment.id() + "/download-url?hash=" + attachment.sha256();
    return http.talk(() -> {
      HttpResponse<byte[]> where = http.answer(http.request(address), answers(), patience);
      return switch (where.statusCode()) {
        case 200 -> fetch(downloadUrl(where.body()), attachment, file);
        case 404 -> Optional.of("the server has no upload of it yet");
        default -> throw http.refused(where);
      };
    });
  }

  /** Where it leads, nobody is shown our key: it may be a store of somebody else's. */
  private Optional<String> fetch(URI url, Entry.Attachment attachment, Path file)
      throws InterruptedException {
    BodyHandler<Path> body =
        BodyHandlers.limiting(BodyHandlers.ofFile(file), MOST_BYTES_OF_ATTACHMENTS);
    HttpResponse<Path> answer = http.answer(http.elsewhere(url), body, LONG);
    String store = "the store of attachments, " + url.getHost() + ",";
    return switch (answer.statusCode()) {
      case 200 ->
          sha256(file).equals(attachment.sha256())
              ? Optional.empty()
              : Optional.of(store + " sends another file: its SHA-256 is not the folder's");
      // So a Relay Server with a file system as its store answers to keys that are not for files.
      case 400 -> Optional.of(store + " wants a key for files: see docs/endpoints/relay.md");
      case 403, 404 -> Optional.of(store + " does not have it");
      default -> throw http.refused(answer);
    };
  }

  private static String sha256(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      return Attachments.sha256(in);
    } catch (IOException e) {
      throw new SyncException.Unavailable("an attachment can't be read again", e);
    }
  }

  private URI downloadUrl(byte[] body) {
    String text = JsonMapper.shared().readTree(body).path("downloadUrl").asString("");
    if (!text.matches("(?i)https?://[^/].*")) {
      throw new SyncException.Unavailable(
          "the Relay Server " + http + " does not say where an attachment is");
    }
    return address(text);
  }

  private URI address(String text) {
    try {
      return URI.create(text);
    } catch (IllegalArgumentException e) {
      throw new SyncException.Unavailable(
          "the Relay Server " + http + " sends us to an address that is none", e);
    }
  }

  private byte[] update(RelayId id) throws InterruptedException {
    HttpResponse<byte[]> answer =
        http.answer(http.request("d/" + id + "/as-update"), documents(), patience);
    return switch (answer.statusCode()) {
      case 200 -> answer.body();
      case 404 -> byOldWay(id);
      default -> throw http.refused(answer);
    };
  }

  /** As servers before that address: they give a token for each document, and say where it is. */
  private byte[] byOldWay(RelayId id) throws InterruptedException {
    HttpRequest.Builder asking =
        http.request("doc/" + id + "/auth")
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString("{}"));
    HttpResponse<byte[]> leave = http.answer(asking, answers(), patience);
    if (leave.statusCode() == 404) {
      return NOTHING;
    }
    if (leave.statusCode() != 200) {
      throw http.refused(leave);
    }
    JsonNode given = JsonMapper.shared().readTree(leave.body());
    HttpRequest.Builder there =
        http.elsewhere(address(given.path("baseUrl").asString("") + "/as-update"))
            .header("Authorization", "Bearer " + given.path("token").asString(""));
    HttpResponse<byte[]> answer = http.answer(there, documents(), patience);
    if (answer.statusCode() != 200) {
      throw http.refused(answer);
    }
    return answer.body();
  }

  private static BodyHandler<byte[]> documents() {
    return BodyHandlers.limiting(BodyHandlers.ofByteArray(), MOST_BYTES);
  }

  private static BodyHandler<byte[]> answers() {
    return BodyHandlers.limiting(BodyHandlers.ofByteArray(), MOST_BYTES_OF_ANSWERS);
  }

  @Override
  public String toString() {
    return http.toString();
  }

  @Override
  public void close() {
    http.close();
  }
}
