package dev.syncline.server.web;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.syncline.server.config.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A real Chromium without a window, driven by its DevTools protocol. Skips the test where there is
 * none, except on a CI machine. Confined to the test's thread.
 */
public final class Browser implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Pattern ADDRESS = Pattern.compile("listening on (ws://\\S+)");

  private final Process process;
  private final HttpClient client = HttpClient.newHttpClient();
  private final WebSocket socket;
  private final BlockingQueue<JsonNode> answers = new LinkedBlockingQueue<>();
  private final List<String> complaints = new CopyOnWriteArrayList<>();
  private String session = "";
  private String target = "";
  private int asked;

  private Browser(Process process, URI address) {
    this.process = process;
    this.socket = client.newWebSocketBuilder().buildAsync(address, new Ear()).join();
  }

  /** Starts one with a profile of its own. */
  public static Browser start(Path profile) throws IOException {
    Optional<String> program =
        Stream.of("chromium", "chromium-browser", "google-chrome")
            .filter(Browser::isInstalled)
            .findFirst();
    if (!Boolean.parseBoolean(System.getenv("CI"))) {
      assumeTrue(program.isPresent(), "no Chromium is installed here");
    }
    Process process =
        new ProcessBuilder(
                program.orElseThrow(() -> new AssertionError("a CI machine needs chromium")),
                "--headless=new",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--remote-debugging-port=0",
                "--user-data-dir=" + profile,
                "about:blank")
            .redirectErrorStream(true)
            .start();
    BufferedReader said = process.inputReader();
    for (String line = said.readLine(); line != null; line = said.readLine()) {
      Matcher address = ADDRESS.matcher(line);
      if (address.find()) {
        Thread.ofVirtual().start(() -> said.lines().forEach(_ -> {}));
        return new Browser(process, URI.create(address.group(1)));
      }
    }
    throw new AssertionError("Chromium did not start");
  }

  /** Opens a page as wide as this many pixels. */
  public void open(URI page, int width) {
    session = "";
    if (!target.isEmpty()) {
      ask("Target.closeTarget", Map.of("targetId", target));
      complaints.clear();
    }
    target = ask("Target.createTarget", Map.of("url", "about:blank")).path("targetId").asString();
    session =
        ask("Target.attachToTarget", Map.of("targetId", target, "flatten", true))
            .path("sessionId")
            .asString();
    ask("Runtime.enable", Map.of());
    ask("Log.enable", Map.of());
    ask(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", width, "height", 800, "deviceScaleFactor", 1, "mobile", true));
    ask("Page.navigate", Map.of("url", page.toString()));
  }

  /** What an expression comes to in the page, as text. */
  public String evaluate(String expression) {
    JsonNode result = ask("Runtime.evaluate", Map.of("expression", "String(" + expression + ")"));
    return result.path("result").path("value").asString("");
  }

  /** Waits until an expression is true in the page. */
  public void await(String expression) throws InterruptedException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!evaluate(expression).equals("true")) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError(
            expression + " is not so in\n" + evaluate("document.body.innerText") + complaints);
      }
      answers.poll(20, TimeUnit.MILLISECONDS);
    }
  }

  /** Presses a key as a person does. */
  public void press(String key, int code, String text) {
    ask(
        "Input.dispatchKeyEvent",
        Map.of("type", "keyDown", "key", key, "windowsVirtualKeyCode", code, "text", text));
    ask(
        "Input.dispatchKeyEvent",
        Map.of("type", "keyUp", "key", key, "windowsVirtualKeyCode", code));
  }

  /** What the page's script, its security policy or its requests had to complain about. */
  public List<String> complaints() {
    return List.copyOf(complaints);
  }

  @Override
  public void close() {
    socket.abort();
    client.shutdownNow();
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
    process.onExit().join();
  }

  private JsonNode ask(String method, Map<String, Object> parameters) {
    int id = ++asked;
    var message = new LinkedHashMap<String, Object>();
    message.put("id", id);
    message.put("method", method);
    message.put("params", parameters);
    if (!session.isEmpty()) {
      message.put("sessionId", session);
    }
    socket.sendText(Json.line(message), true).join();
    try {
      while (true) {
        JsonNode answer = answers.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        if (answer == null) {
          throw new AssertionError("Chromium doesn't answer " + method);
        }
        if (answer.path("id").asInt(0) == id) {
          return answer.path("result");
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }

  private static boolean isInstalled(String program) {
    return Stream.of(System.getenv("PATH").split(":", -1))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
  }

  /** Hears answers and complaints. */
  private final class Ear implements WebSocket.Listener {
    private final StringBuilder text = new StringBuilder();

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
      text.append(part);
      if (last) {
        JsonNode message = JsonMapper.shared().readTree(text.toString());
        text.setLength(0);
        String method = message.path("method").asString("");
        if (method.equals("Runtime.exceptionThrown") || method.equals("Log.entryAdded")) {
          complaints.add(message.path("params").toString());
        } else if (message.has("id")) {
          answers.add(message);
        }
      }
      from.request(1);
      return null;
    }
  }
}
