package dev.syncline.server.forge.testforge;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.syncline.server.forge.ForgeKind;
import dev.syncline.server.ledger.NativeGit;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/**
 * A forge and a source of data to try things on: {@code TestForgeProgram FOLDER [gitlab|gitea]}.
 * The source is the folder's {@code source}, file by file. Pull requests are forgotten when it
 * ends.
 */
final class TestForgeProgram {

  private static final String IN_GIT =
      """
      {
      \t"lark": {
      \t\t"size": 1,
      \t\t"by": "Bj\\u00f6rn"
      \t},
      \t"wren": {
      \t\t"size": 2
      \t}
      }
      """
          .replace("\n", "\r\n");
  private static final String AT_SOURCE =
      """
      {"lark": {"size": 5, "by": "Björn"}, "wren": {"size": 2}, "owl": {"size": 3}}
      """;
  private static final String TOOLS =
      """
      [{"id": "saw", "teeth": 40}, {"id": "file", "teeth": 0}]
      """;

  private final TestForge forge;
  private final HttpServer source;
  private final Path folder;

  private TestForgeProgram(Path folder, ForgeKind kind) throws IOException {
    this.folder = folder;
    this.forge = TestForge.of(kind, folder, InstantSource.system());
    NativeGit bare = new NativeGit(forge.repository().path());
    if (bare.attempt(List.of("rev-parse", "-q", "--verify", "main"), new byte[0]).code() != 0) {
      forge.commit("main", "Data", Map.of("birds.json", IN_GIT, "tools.json", TOOLS));
    }
    Path data = Files.createDirectories(folder.resolve("source"));
    Files.writeString(data.resolve("birds.json"), AT_SOURCE);
    Files.writeString(data.resolve("tools.json"), TOOLS);
    Files.writeString(folder.resolve("token"), TestForge.TOKEN);
    var here = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    this.source = HttpServer.create(here, 0);
    source.createContext("/v1/", exchange -> answer(exchange, data));
    source.start();
  }

  public static void main(String[] args) throws IOException, InterruptedException {
    Path folder = Files.createDirectories(Path.of(args[0]).toAbsolutePath().normalize());
    ForgeKind kind =
        args.length > 1 ? ForgeKind.valueOf(args[1].toUpperCase(Locale.ROOT)) : ForgeKind.GITHUB;
    var program = new TestForgeProgram(folder, kind);
    program.introduce(new PrintStream(System.out, true, StandardCharsets.UTF_8));
    new CountDownLatch(1).await(); // Until somebody stops it.
  }

  /** What is at /v1/NAME is in NAME.json. */
  private static void answer(HttpExchange exchange, Path data) throws IOException {
    try (exchange) {
      String name = exchange.getRequestURI().getPath().substring("/v1/".length());
      Path file = data.resolve(name + ".json");
      boolean isThere = name.matches("[a-z]+") && Files.exists(file);
      byte[] body = isThere ? Files.readAllBytes(file) : new byte[0];
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      exchange.sendResponseHeaders(isThere ? 200 : 404, isThere ? body.length : -1);
      exchange.getResponseBody().write(body);
    }
  }

  private void introduce(PrintStream out) {
    out.println("repository  " + forge.url());
    out.println("API         " + forge.api());
    out.println("token file  " + folder.resolve("token"));
    out.println("source      http://127.0.0.1:" + source.getAddress().getPort() + "/v1");
    out.println("its files   " + folder.resolve("source"));
    out.println("Stop it with Ctrl-C.");
  }
}
