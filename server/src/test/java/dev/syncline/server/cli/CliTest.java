package dev.syncline.server.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.syncline.core.model.DocumentId;
import dev.syncline.core.model.SyncException;
import dev.syncline.server.config.DocumentSettings;
import dev.syncline.server.config.Golden;
import dev.syncline.server.config.Setting;
import dev.syncline.server.config.Settings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class CliTest {

  private static final DocumentId ONE = new DocumentId(1, 1);
  private static final DocumentId TWO = new DocumentId(2, 2);

  /** Their flags are the settings, which have a page of their own. */
  private static final Set<String> LONG = Set.of("serve", "config check", "config show");

  @TempDir Path folder;
  private Shell shell;

  @BeforeEach
  void start() {
    shell = new Shell(folder);
  }

  @Test
  void everyCommandHasHelpWithAnExample() {
    var root = Commands.tree(new Context(shell, Console.system()));
    commands(root, List.of())
        .forEach(words -> {
          String[] args = Stream.concat(words.stream(), Stream.of("--help")).toArray(String[]::new);
          Shell.Ended ended = shell.run(args);
          assertEquals(new Shell.Ended(ExitCode.OK, ended.out(), ""), ended);
          assertTrue(ended.out().startsWith("Usage: syncline"), ended.out());
        });
    assertTrue(shell.run("serve", "--help").out().contains("--documents-auth"));
    assertTrue(shell.run("backup", "--help").out().contains("Examples:"));
  }

  @Test
  void theVersionIsThePrograms() {
    assertEquals(new Shell.Ended(ExitCode.OK, "syncline 1.2.3\n", ""), shell.run("--version"));
  }

  @ParameterizedTest
  @CsvSource({
    "'', a command is missing after syncline",
    "token, a command is missing after token",
    "srve, Unmatched argument",
    "serve --prot=1, Unknown option",
    "backup, Missing required parameter",
    "documents show nonsense, `nonsense` is no document id",
    "documents delete 4NMNnkMhL8jXrdJ9jamS58PAVdXu, add --yes",
    "token create, --scope is missing",
    "completion fish, no completion for fish"
  })
  void whatCantBeUnderstoodIsSaidInOneSentence(String line, String sentence) {
    Shell.Ended ended = shell.run(line.isEmpty() ? new String[0] : line.split(" ", -1));
    assertEquals(ExitCode.USAGE, ended.code(), ended.err());
    assertEquals("", ended.out());
    assertTrue(ended.err().startsWith("syncline: "), ended.err());
    assertTrue(ended.err().contains(sentence), ended.err());
  }

  @Test
  void serveTakesEverySettingAsAFlag() throws IOException {
    Files.writeString(folder.resolve("x.yaml"), "documents: {auth: token}\nserver: {port: 1}");
    Shell.Ended ended =
        shell.run("serve", "--config", "x.yaml", "--port=8080", "--trusted-proxies", "10.0.0.0/8");
    assertEquals(new Shell.Ended(ExitCode.OK, "", ""), ended);
    var served = shell.served.getFirst();
    assertEquals(8080, served.server().port());
    assertEquals(List.of("10.0.0.0/8"), served.server().connections().trustedProxies());
    assertEquals(DocumentSettings.Auth.TOKEN, served.documents().auth());
    String help = shell.run("serve", "--help").out();
    for (Setting<?> setting : Settings.all()) {
      setting.flag().ifPresent(flag -> assertTrue(help.contains(flag), flag));
    }
  }

  @Test
  void aConfigurationThatCantBeUsedStartsNothing() {
    shell.environment.put("PORT", "x");
    for (String line : List.of("serve", "config show", "config check", "token list")) {
      Shell.Ended ended = shell.run(line.split(" ", -1));
      assertEquals(ExitCode.CONFIGURATION, ended.code());
      assertTrue(ended.err().contains("PORT: server.port: `x` is no whole number"), ended.err());
    }
    assertTrue(shell.served.isEmpty());
  }

  @Test
  void theConfigurationIsCheckedAndShown() throws IOException {
    assertEquals("no syncline.yaml, defaults: no problems\n", shell.run("config", "check").out());
    Files.writeString(folder.resolve("syncline.yaml"), "server: {port: 4}");
    assertTrue(shell.run("config", "check").out().endsWith("syncline.yaml: no problems\n"));
    String shown = shell.run("config", "show").out();
    assertTrue(shown.contains("  port: 4  # "), shown);
    assertTrue(shell.run("config", "show", "--json").out().contains("\"value\": \"4\""));
    assertTrue(shell.run("config", "sample").out().contains("#port: 3030"));
    assertTrue(shell.run("config", "schema").out().startsWith("{\n  \"$schema\""));
  }

  @Test
  void theSelfTestTouchesNothingOfTheUser() {
    shell.environment.put("PORT", "x");
    Shell.Ended result = shell.run("self-test");
    assertEquals(ExitCode.OK, result.code());
    assertEquals("the server works on this machine\n", result.out());
    var tested = shell.selfTested.getFirst();
    assertEquals(0, tested.server().port());
    assertEquals("127.0.0.1", tested.server().host());
    assertFalse(Files.exists(tested.dataDir().resolveSibling(".")));
  }

  @Test
  void documentsAreListedShownAndDeleted() {
    shell.administration.stored.put(ONE, "ab");
    shell.administration.stored.put(TWO, "c");
    assertEquals(ONE + "\n" + TWO + "\n", shell.run("documents", "list").out());
    assertEquals(
        "{\"document\":\"" + ONE + "\"}\n",
        shell.run("documents", "list", "--limit", "1", "--json").out());
    assertEquals(TWO + "\n", shell.run("documents", "list", "--after", ONE.toString()).out());
    String shown = shell.run("documents", "show", "automerge:" + ONE).out();
    assertTrue(shown.contains("changes   2\n"), shown);
    assertTrue(
        shell.run("documents", "show", ONE.toString(), "--json").out().contains("\"changes\": 2"));
    assertEquals(ExitCode.USAGE, shell.run("documents", "delete", ONE.toString()).code());
    assertEquals(ExitCode.OK, shell.run("documents", "delete", "--yes", ONE.toString()).code());
    assertEquals(ExitCode.NOT_FOUND, shell.run("documents", "show", ONE.toString()).code());
    assertEquals(
        ExitCode.NOT_FOUND, shell.run("documents", "delete", "--yes", ONE.toString()).code());
  }

  @Test
  void aFileIsReplacedOnlyByForce() throws IOException {
    shell.administration.stored.put(ONE, "ab");
    String id = ONE.toString();
    assertEquals("ab", shell.run("documents", "export", id).out());
    assertEquals(ExitCode.OK, shell.run("documents", "export", id, "x.automerge").code());
    assertEquals(ExitCode.USAGE, shell.run("documents", "export", id, "x.automerge").code());
    shell.administration.stored.put(ONE, "abc");
    assertEquals(
        ExitCode.OK, shell.run("documents", "export", "--force", id, "x.automerge").code());
    assertEquals("abc", Files.readString(folder.resolve("x.automerge")));
    try (var left = Files.list(folder)) {
      assertEquals(1, left.count());
    }
  }

  @Test
  void backupsGoToAFileOrToStdout() throws IOException {
    Shell.Ended ended = shell.run("backup", "b.zip");
    assertEquals("saved 1 document (2 changes, 3.0 MiB), 5 workspaces and 4 tokens\n", ended.out());
    assertEquals("backup", Files.readString(folder.resolve("b.zip")));
    assertEquals(ExitCode.USAGE, shell.run("backup", "b.zip").code());
    assertEquals("backup", shell.run("backup", "-").out());
    assertEquals(ExitCode.OK, shell.run("restore", "b.zip").code());
    assertEquals(ExitCode.OK, shell.run("restore", "-").code());
    assertEquals(ExitCode.NOT_FOUND, shell.run("restore", "gone.zip").code());
    Files.writeString(folder.resolve("b.zip"), "x");
    assertEquals(
        new Shell.Ended(ExitCode.BAD_DATA, "", "syncline: this is no backup\n"),
        shell.run("restore", "b.zip"));
  }

  @Test
  void tokensAreMadeListedAndRevoked() {
    Shell.Ended made =
        shell.run(
            "token",
            "create",
            "--scope",
            "documents:read",
            "--document",
            ONE.toString(),
            "--expires",
            "30d",
            "--name",
            "phone");
    assertTrue(made.out().matches("syncline_[a-z2-7]{8}_[a-z2-7]{46}\n"), made.out());
    String id = shell.administration.issued.getFirst().id();
    assertTrue(shell.run("token", "list").out().contains("2026-12-21T08:00:00Z"));
    assertTrue(shell.run("token", "list", "--json").out().contains("\"name\":\"phone\""));
    assertEquals(ExitCode.OK, shell.run("token", "revoke", id).code());
    assertEquals(ExitCode.NOT_FOUND, shell.run("token", "revoke", id).code());
    for (String when : List.of("2027-01-31", "2027-01-31T10:00:00Z", "12h")) {
      assertEquals(
          ExitCode.OK,
          shell.run("token", "create", "--scope=documents:write", "--expires", when).code());
    }
    for (String when : List.of("soon", "30", "2027-13-01")) {
      assertEquals(
          ExitCode.USAGE,
          shell.run("token", "create", "--scope=documents:write", "--expires", when).code());
    }
    assertEquals(
        ExitCode.BAD_DATA,
        shell.run("token", "create", "--scope=admin", "--expires", "2020-01-01").code());
  }

  @Test
  void completionKnowsTheCommands() {
    assertTrue(shell.run("completion", "bash").out().contains("self-test"));
    assertEquals(shell.run("completion", "zsh").out(), shell.run("completion", "bash").out());
  }

  @ParameterizedTest
  @CsvSource({"INVALID, 65", "DENIED, 77", "UNAVAILABLE, 69", "CORRUPT, 65", "BUG, 1", "IO, 74"})
  void everyFailureHasItsExitCode(String kind, int number) {
    RuntimeException failure =
        switch (kind) {
          case "INVALID" -> new SyncException.Invalid("why");
          case "DENIED" -> new SyncException.Denied("why");
          case "UNAVAILABLE" -> new SyncException.Unavailable("why", new IOException("because"));
          case "CORRUPT" -> new SyncException.Corrupt("why");
          case "IO" -> new UncheckedIOException(new IOException("why"));
          default -> new IllegalStateException("why");
        };
    shell.fail(failure);
    Shell.Ended ended = shell.run("token", "list");
    assertEquals(number, ended.code().number(), ended.err());
    assertTrue(ended.err().contains("why"), ended.err());
  }

  @Test
  void theDocumentationSaysWhatTheProgramSays() {
    var page = new StringBuilder();
    commands(Commands.tree(new Context(shell, Console.system())), List.of())
        .filter(words -> !LONG.contains(String.join(" ", words)))
        .forEach(words -> {
          String[] args = Stream.concat(words.stream(), Stream.of("--help")).toArray(String[]::new);
          String title = ("syncline " + String.join(" ", words)).strip();
          page.append("### ").append(title).append("\n\n```\n");
          page.append(shell.run(args).out()).append("```\n\n");
        });
    Golden.mustHold("docs/cli.md", "commands", page.toString());
    var codes = new StringBuilder("| code | name | meaning |\n|---|---|---|\n");
    for (ExitCode code : ExitCode.values()) {
      codes.append("| %d | %s | %s |\n".formatted(code.number(), code, code.sentence()));
    }
    Golden.mustHold("docs/cli.md", "exit codes", codes.toString());
  }

  private static Stream<List<String>> commands(Command command, List<String> words) {
    return Stream.concat(
        Stream.of(words),
        command.children().stream()
            .flatMap(child ->
                commands(
                    child,
                    Stream.concat(words.stream(), Stream.of(child.shape().name())).toList())));
  }
}
