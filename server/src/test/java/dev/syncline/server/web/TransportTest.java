package dev.syncline.server.web;

import static dev.syncline.server.compress.Codings.delta;
import static dev.syncline.server.compress.Codings.packed;
import static dev.syncline.server.compress.Codings.read;
import static dev.syncline.server.compress.Codings.unpacked;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.syncline.core.model.ContentId;
import dev.syncline.server.compress.VersionHash;
import java.net.http.HttpClient;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Contents travel compressed, and as deltas against what the other side has (RFC 9842). */
final class TransportTest {

  private static final int MAX_CHANGES_BYTES = 64 << 20;
  private static final String PLAIN = "identity";

  @TempDir private Path folder;
  private final HttpClient client = HttpClient.newHttpClient();
  private Site site;
  private byte[] old = new byte[0];
  private byte[] now = new byte[0];

  @BeforeEach
  void start() throws Exception {
    site = new Site(folder).with("links: {}\n");
    var random = new Random(11);
    old = new byte[100_000];
    random.nextBytes(old);
    now = old.clone();
    random.ints(5, 0, now.length).forEach(at -> now[at]++);
    write(old);
    write(now);
  }

  @AfterEach
  void stop() {
    site.close();
    client.close();
  }

  @Test
  void whoReadsNoCodingGetsTheFileAsItIs() throws Exception {
    var answer = get("/files/a.bin", "Accept-Encoding", "gzip, br, zstd;q=0");
    assertArrayEquals(now, answer.body());
    assertEquals(PLAIN, coding(answer));
    assertEquals(quoted(id(now).toString()), header(answer, "ETag"));
    assertEquals("Accept-Encoding, Available-Dictionary", header(answer, "Vary"));
    assertArrayEquals(now, get("/files/a.bin").body());
  }

  @Test
  void whoReadsZstdGetsIt() throws Exception {
    site.write("text.txt", "again and ".repeat(10_000));
    var answer = get("/files/text.txt", "Accept-Encoding", "gzip;q=0.5, zstd");
    assertEquals("zstd", coding(answer));
    assertTrue(answer.body().length < 1000);
    byte[] text = "again and ".repeat(10_000).getBytes(StandardCharsets.UTF_8);
    assertArrayEquals(text, unpacked(answer.body()));
    assertEquals("W/\"" + id(text) + '"', header(answer, "ETag"), "other bytes, so a weak tag");
    var byId = get("/contents/" + id(text), "Accept-Encoding", "zstd");
    assertArrayEquals(text, unpacked(byId.body()));
    assertEquals("Accept-Encoding", header(byId, "Vary"));
  }

  @Test
  void aFewBytesStayAsTheyAre() throws Exception {
    site.write("small.txt", "small");
    var answer = get("/files/small.txt", "Accept-Encoding", "zstd, dcz");
    assertEquals(PLAIN, coding(answer));
    assertTrue(answer.headers().firstValue("Use-As-Dictionary").isEmpty());
  }

  @Test
  void whoHasAnEarlierVersionGetsTheDifference() throws Exception {
    var answer = getWith(old, id(old).toString());
    assertEquals("dcz", coding(answer));
    assertTrue(answer.body().length < 300, answer.body().length + " bytes");
    assertArrayEquals(now, read(answer.body(), old));
    assertEquals("W/\"" + id(now) + '"', header(answer, "ETag"));
    assertEquals("Accept-Encoding, Available-Dictionary", header(answer, "Vary"));
  }

  @Test
  void theServerSaysWhatTheFileIsGoodFor() throws Exception {
    site.post(
        "/changes",
        "{\"changes\": [{\"path\": \"d (1)*/ü.bin\", \"base64\": \""
            + Base64.getEncoder().encodeToString(old)
            + "\"}]}");
    var answer = get("/files/d%20(1)*/%C3%BC.bin");
    assertEquals(
        "match=\"/api/v1/workspaces/notes/files/d%20\\\\(1\\\\)\\\\*/%C3%BC.bin\", id=\""
            + id(old)
            + '"',
        header(answer, "Use-As-Dictionary"));
  }

  @Test
  void aVersionThatNobodyKnowsGetsTheWhole() throws Exception {
    byte[] foreign = new byte[100_000];
    assertEquals("zstd", coding(getWith(foreign, id(foreign).toString())), "not here");
    assertEquals("zstd", coding(getWith(foreign, id(old).toString())), "another one");
    assertEquals("zstd", coding(getWith(old, "no id")));
    var plain =
        get(
            "/files/a.bin",
            "Accept-Encoding",
            "dcz",
            "Available-Dictionary",
            "not Base64",
            "Dictionary-ID",
            quoted(id(old).toString()));
    assertEquals(PLAIN, coding(plain));
    assertArrayEquals(now, plain.body());
  }

  @Test
  void whatIsKnownAlreadyIsNotSentInAnyCoding() throws Exception {
    for (String tag : new String[] {'"' + id(now).toString() + '"', "W/\"" + id(now) + '"'}) {
      var answer =
          get(
              "/files/a.bin",
              "If-None-Match",
              tag,
              "Accept-Encoding",
              "dcz",
              "Available-Dictionary",
              hash(old),
              "Dictionary-ID",
              quoted(id(old).toString()));
      assertEquals(304, answer.statusCode());
      assertEquals(0, answer.body().length);
      assertEquals("Accept-Encoding, Available-Dictionary", header(answer, "Vary"));
    }
  }

  @Test
  void contentsAreSentInEitherCoding() throws Exception {
    byte[] next = now.clone();
    next[7]++;
    var whole = send("/contents", packed(next), "Content-Encoding", "zstd");
    assertEquals(id(next).toString(), content(whole));
    next[8]++;
    byte[] delta = delta(now, next);
    assertTrue(delta.length < 200, delta.length + " bytes");
    var small = sendDelta(delta, id(now).toString());
    assertEquals(id(next).toString(), content(small));
    var made = change("{\"path\": \"a.bin\", \"content\": \"" + id(next) + "\"}");
    assertEquals(200, made.statusCode(), made.body());
    assertArrayEquals(next, get("/files/a.bin").body());
  }

  @Test
  void aChangeNamesContentsThatAreHere() throws Exception {
    var missing = change("{\"path\": \"a\", \"content\": \"" + id(new byte[3]) + "\"}");
    assertEquals(400, missing.statusCode());
    assertTrue(missing.body().contains("send them first"), missing.body());
    String both = "{\"path\": \"a\", \"text\": \"x\", \"content\": \"" + id(old) + "\"}";
    assertEquals(400, change(both).statusCode());
    String deleted = "{\"path\": \"a\", \"delete\": true, \"content\": \"" + id(old) + "\"}";
    assertEquals(400, change(deleted).statusCode());
  }

  @Test
  void aChangeMayTravelCompressed() throws Exception {
    byte[] body =
        "{\"changes\": [{\"path\": \"z.txt\", \"text\": \"z\"}]}".getBytes(StandardCharsets.UTF_8);
    assertEquals(200, send("/changes", packed(body), "Content-Encoding", "zstd").statusCode());
    assertEquals("z", site.get("/files/z.txt").body());
  }

  @Test
  void aDeltaThatCantBeReadIsAskedForAsAWhole() throws Exception {
    byte[] delta = delta(old, now);
    assertEquals(415, sendDelta(delta, id(now).toString()).statusCode(), "against another version");
    assertEquals(415, sendDelta(delta, id(new byte[9]).toString()).statusCode(), "not here");
    assertEquals(415, send("/contents", delta, "Content-Encoding", "dcz").statusCode(), "no name");
    var unknown = send("/contents", delta, "Content-Encoding", "br");
    assertEquals(415, unknown.statusCode());
    assertEquals("zstd, dcz", header(unknown, "Accept-Encoding"));
    assertEquals(415, send("/changes", delta, "Content-Encoding", "gzip").statusCode());
  }

  @Test
  void aDamagedFrameIsRefused() throws Exception {
    byte[] delta = delta(old, now);
    delta[delta.length - 1]++;
    assertEquals(400, sendDelta(delta, id(old).toString()).statusCode());
    byte[] frame = packed(now);
    frame[frame.length - 2]++;
    assertEquals(400, send("/contents", frame, "Content-Encoding", "zstd").statusCode());
    assertEquals(411, send("/contents", new byte[30], "Content-Encoding", "zstd").statusCode());
    assertEquals(400, send("/changes", new byte[30], "Content-Encoding", "zstd").statusCode());
  }

  @Test
  void aBombIsRefused() throws Exception {
    byte[] bomb = packed(new byte[MAX_CHANGES_BYTES + 1]);
    assertTrue(bomb.length < 20_000);
    assertEquals(413, send("/changes", bomb, "Content-Encoding", "zstd").statusCode());
    // A frame that says in its header that it becomes 2^40 bytes, and has no more than that.
    byte[] claim = new byte[18];
    byte[] head = {0x28, (byte) 0xb5, 0x2f, (byte) 0xfd, (byte) 0xe0, 0, 0, 0, 0, 0, 1, 0, 0};
    System.arraycopy(head, 0, claim, 0, head.length);
    assertEquals(413, send("/contents", claim, "Content-Encoding", "zstd").statusCode());
  }

  private void write(byte[] contents) throws Exception {
    var made =
        change(
            "{\"path\": \"a.bin\", \"base64\": \""
                + Base64.getEncoder().encodeToString(contents)
                + "\"}");
    assertEquals(200, made.statusCode(), made.body());
  }

  private HttpResponse<String> change(String change) throws Exception {
    return site.post("/changes", "{\"changes\": [" + change + "]}");
  }

  private HttpResponse<byte[]> get(String path, String... headers) throws Exception {
    var request = site.server.admin("workspaces/notes" + path);
    return client.send(
        (headers.length == 0 ? request : request.headers(headers)).build(),
        BodyHandlers.ofByteArray());
  }

  private HttpResponse<byte[]> getWith(byte[] has, String id) throws Exception {
    return get(
        "/files/a.bin",
        "Accept-Encoding",
        "gzip, zstd, dcz",
        "Available-Dictionary",
        hash(has),
        "Dictionary-ID",
        quoted(id));
  }

  private HttpResponse<byte[]> send(String path, byte[] body, String... headers) throws Exception {
    return client.send(
        site.server
            .admin("workspaces/notes" + path)
            .headers(headers)
            .POST(BodyPublishers.ofByteArray(body))
            .build(),
        BodyHandlers.ofByteArray());
  }

  private HttpResponse<byte[]> sendDelta(byte[] delta, String id) throws Exception {
    return send("/contents", delta, "Content-Encoding", "dcz", "Dictionary-ID", quoted(id));
  }

  private static String content(HttpResponse<byte[]> answer) {
    String body = new String(answer.body(), StandardCharsets.UTF_8);
    assertEquals(201, answer.statusCode(), body);
    return body.replaceAll(".*\"content\":\"([^\"]*)\".*", "$1");
  }

  private static String coding(HttpResponse<?> answer) {
    return answer.headers().firstValue("Content-Encoding").orElse(PLAIN);
  }

  private static String header(HttpResponse<?> answer, String name) {
    return answer.headers().firstValue(name).orElse("");
  }

  private static String quoted(String text) {
    return '"' + text + '"';
  }

  private static String hash(byte[] contents) {
    return ":" + Base64.getEncoder().encodeToString(VersionHash.of(contents).bytes()) + ":";
  }

  private static ContentId id(byte[] contents) {
    return ContentId.ofContents(contents);
  }
}
