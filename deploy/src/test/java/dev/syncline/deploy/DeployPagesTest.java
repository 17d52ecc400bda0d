package dev.syncline.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The pages about running the server lead to files that exist. */
class DeployPagesTest {

  private static final String INDEX = "docs/deploy/README.md";
  private static final Pattern LINK = Pattern.compile("\\]\\((?!https?:|#)([^)#]+)[^)]*\\)");
  private static final Pattern FILE = Pattern.compile("(?<![\\w./-])deploy/[\\w./-]*\\w");
  private static final Pattern SHELL = Pattern.compile("(?ms)^```sh\n(.*?)^```");

  static Stream<String> pages() {
    return Stream.concat(
        Checkout.list("docs/deploy", ".md").stream(),
        Stream.of("docs/migrating-from-automerge-repo-sync-server.md"));
  }

  @ParameterizedTest
  @MethodSource("pages")
  void linksLeadSomewhere(String page) {
    Path folder = Checkout.file(page).resolveSibling("");
    var missing = new ArrayList<String>();
    LINK.matcher(Checkout.text(page))
        .results()
        .map(link -> link.group(1))
        .filter(link -> !Files.exists(folder.resolve(link)))
        .forEach(missing::add);

    assertEquals(List.of(), missing);
  }

  @ParameterizedTest
  @MethodSource("pages")
  void filesThatAreNamedExist(String page) {
    var missing = new ArrayList<String>();
    FILE.matcher(Checkout.text(page))
        .results()
        .map(file -> file.group())
        // What a build makes, DistributionIT looks at.
        .filter(file -> !file.startsWith("deploy/target/"))
        .filter(file -> !Files.exists(Checkout.file(file)))
        .forEach(missing::add);

    assertEquals(List.of(), missing);
  }

  @ParameterizedTest
  @MethodSource("pages")
  void commandsAreWellFormedShell(String page) {
    Program bash = Program.ofDebian("bash", "bash");
    SHELL
        .matcher(Checkout.text(page))
        .results()
        .forEach(block -> bash.run("-n", "-c", block.group(1)).mustBe(0));
  }

  @Test
  void indexNamesEveryPage() {
    String index = Checkout.text(INDEX);
    for (String page : Checkout.list("docs/deploy", ".md")) {
      String name = page.substring("docs/deploy/".length());
      assertTrue(page.equals(INDEX) || index.contains("(" + name + ")"), name);
    }
  }
}
