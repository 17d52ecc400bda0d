package dev.syncline.server.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.syncline.core.model.SyncException;
import dev.syncline.server.config.HordeCategory.Repository;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The variables of the AI Horde's sync service, as they are documented there. */
final class HordeSettingsTest {

  private static final String URL = "https://models.example.org/api/";

  @Test
  void theAddressIsEnough() {
    HordeSettings settings = read(Map.of());
    assertEquals(Duration.ofSeconds(30), settings.timeout());
    assertEquals(
        new HordeSettings.Repo(
            "https://github.com", "Haidra-Org", "AI-Horde-image-model-reference", "main"),
        settings.repo(Repository.IMAGE));
    assertEquals(
        new HordeSettings.Repo(
            "https://github.com", "Haidra-Org", "AI-Horde-text-model-reference", "main"),
        settings.repo(Repository.TEXT));
    assertEquals(
        new HordeSettings.Review(
            List.of("automated", "sync", "ready-for-review"), List.of(), Optional.empty()),
        settings.review());
    assertEquals(
        new HordeSettings.Work(
            HordeSettings.Goal.PULL_REQUEST,
            1,
            Optional.empty(),
            Optional.empty(),
            HordeSettings.Detail.USUAL),
        settings.work());
    assertEquals(
        new HordeSettings.Watch(Optional.empty(), Duration.ZERO, HordeSettings.First.WAIT),
        settings.watch());
    assertInstanceOf(HordeSettings.Access.Nobody.class, settings.access());
    assertEquals(10, settings.categories().size());
    assertEquals(Optional.empty(), settings.source(Repository.IMAGE).orElseThrow().lastUpdated());
  }

  @Test
  void eachCategoryHasItsAddressFileAndRepository() {
    ApiSettings image = read(Map.of()).source(Repository.IMAGE).orElseThrow();
    assertEquals(
        List.of(
            "blip",
            "clip",
            "codeformer",
            "controlnet",
            "esrgan",
            "gfpgan",
            "safety_checker",
            "image_generation",
            "miscellaneous"),
        List.copyOf(image.categories().sequencedKeySet()));
    assertEquals(
        ApiSettings.Category.usual(
            URI.create(URL + "model_references/v1/image_generation"), "stable_diffusion.json"),
        image.categories().get("image_generation"));
    ApiSettings text = read(Map.of()).source(Repository.TEXT).orElseThrow();
    assertEquals(
        Map.of(
            "text_generation",
            ApiSettings.Category.usual(
                    URI.create(URL + "model_references/v1/text_generation"), "models.csv")
                .in(ApiSettings.Form.HORDE_TEXT)),
        text.categories());
  }

  @Test
  void listsAreWrittenInBothWays() {
    for (String list : new String[] {"esrgan, clip,", "[\"esrgan\", \"clip\"]"}) {
      HordeSettings settings =
          read(
              Map.of(
                  "CATEGORIES_TO_SYNC", list,
                  "PR_REVIEWERS", list,
                  "PR_LABELS", list));
      assertEquals(List.of(HordeCategory.CLIP, HordeCategory.ESRGAN), settings.categories());
      assertEquals(List.of("esrgan", "clip"), settings.review().reviewers());
      assertEquals(List.of("esrgan", "clip"), settings.review().labels());
      assertEquals(Optional.empty(), settings.source(Repository.TEXT));
    }
    assertProblem("PR_LABELS: `[1]` is no list", Map.of("PR_LABELS", "[1]"));
  }

  @Test
  void aCategoryThatIsNoneIsAnErrorThatNamesTheNearest() {
    assertProblem("did you mean controlnet?", Map.of("CATEGORIES_TO_SYNC", "clip,controlnets"));
    assertProblem("known are blip, clip", Map.of("CATEGORIES_TO_SYNC", "xyzxyzxyz"));
    assertProblem("`lora` has no file", Map.of("CATEGORIES_TO_SYNC", "lora"));
    assertEquals(
        List.of(HordeCategory.IMAGE_GENERATION, HordeCategory.TEXT_GENERATION),
        read(Map.of("CATEGORIES_TO_SYNC", "db.json,stable_diffusion")).categories());
  }

  @Test
  void whatOnlyTheDocumentationKnewIsObeyed() {
    HordeSettings settings =
        read(
            Map.of(
                "PRIMARY_API_TIMEOUT", "7",
                "GITHUB_IMAGE_REPO", "https://github.example.org/me/images.git",
                "GITHUB_TEXT_REPO", "me/texts",
                "GITHUB_BRANCH", "next"));
    assertEquals(Duration.ofSeconds(7), settings.timeout());
    assertEquals(
        new HordeSettings.Repo("https://github.example.org", "me", "images", "next"),
        settings.image());
    assertEquals(
        new HordeSettings.Repo("https://github.com", "me", "texts", "next"), settings.text());
    assertProblem("`images` is not OWNER/NAME", Map.of("GITHUB_IMAGE_REPO", "images"));
  }

  @Test
  void theNewerNamesOfRepositoriesWin() {
    var all = all(Map.of("GITHUB_IMAGE_REPO", "old/old", "GITHUB_BRANCH", "old"));
    all.put("HORDE_MODEL_REFERENCE_IMAGE_GITHUB_REPO__OWNER", "me");
    all.put("HORDE_MODEL_REFERENCE_IMAGE_GITHUB_REPO__NAME", "images");
    all.put("HORDE_MODEL_REFERENCE_IMAGE_GITHUB_REPO__BRANCH", "next");
    all.put("HORDE_MODEL_REFERENCE_CACHE_HOME", "/elsewhere");
    assertEquals(
        new HordeSettings.Repo("https://github.com", "me", "images", "next"),
        HordeSettings.of(all).image());
  }

  @Test
  void theTokenWithThePrefixWins() {
    var all = all(Map.of("GITHUB_TOKEN", "prefixed"));
    all.put("GITHUB_TOKEN", "plain");
    assertEquals("prefixed", token(all));
    all.put("HORDE_GITHUB_SYNC_GITHUB_TOKEN", "");
    assertEquals("plain", token(all));
  }

  @Test
  void anAppWinsOverAToken() {
    var all = all(Map.of("GITHUB_TOKEN", "token"));
    all.put("GITHUB_APP_ID", "Iv1.abc");
    all.put("GITHUB_APP_PRIVATE_KEY", "-----BEGIN KEY-----\\nabc\\n-----END KEY-----");
    var app = app(all);
    assertEquals("Iv1.abc", app.id());
    assertEquals(Optional.empty(), app.installation());
    assertEquals(Optional.of("GITHUB_APP_PRIVATE_KEY"), app.key().variable());
    assertEquals(all.get("GITHUB_APP_PRIVATE_KEY"), app.key().value());
    all.put("GITHUB_APP_INSTALLATION_ID", "2");
    assertEquals(Optional.of(2L), app(all).installation());
    all.put("GITHUB_INSTALLATION_ID", "1");
    assertEquals(Optional.of(1L), app(all).installation());
    all.put("GITHUB_APP_PRIVATE_KEY_PATH", "/key.pem");
    assertTrue(problem(all).contains("are both set"), problem(all));
    all.remove("GITHUB_APP_PRIVATE_KEY");
    assertEquals(Optional.of(Path.of("/key.pem")), app(all).key().file());
    all.remove("GITHUB_APP_PRIVATE_KEY_PATH");
    assertTrue(problem(all).contains("an app needs"), problem(all));
    all.put("GITHUB_APP_PRIVATE_KEY", "abc");
    assertTrue(problem(all).contains("begins with -----BEGIN"), problem(all));
  }

  @Test
  void howFarItGoes() {
    assertEquals(
        new HordeSettings.Work(
            HordeSettings.Goal.FILES,
            5,
            Optional.of(Path.of("/out")),
            Optional.of(Path.of("/clones")),
            HordeSettings.Detail.VERBOSE),
        read(Map.of(
                "NO_PR", "True",
                "MIN_CHANGES_THRESHOLD", "5",
                "OUTPUT_DIR", "/out",
                "TARGET_CLONE_DIR", "/clones",
                "VERBOSE_LOGGING", "1"))
            .work());
    assertEquals(
        HordeSettings.Goal.DRY_RUN, read(Map.of("NO_PR", "1", "DRY_RUN", "yes")).work().goal());
    assertEquals(1, read(Map.of("MIN_CHANGES_THRESHOLD", "0")).work().threshold());
    assertEquals(
        Optional.of("reviewers"),
        read(Map.of("PR_AUTO_ASSIGN_TEAM", "org/reviewers")).review().team());
    assertProblem("DRY_RUN: `maybe` is not true or false", Map.of("DRY_RUN", "maybe"));
  }

  @Test
  void watchingAsksWhenTheApiWasUpdated() {
    HordeSettings settings =
        read(
            Map.of(
                "WATCH_MODE", "true",
                "WATCH_INTERVAL_SECONDS", "5",
                "WATCH_INITIAL_DELAY_SECONDS", "3",
                "WATCH_ENABLE_STARTUP_SYNC", "true"));
    assertEquals(
        new HordeSettings.Watch(
            Optional.of(Duration.ofSeconds(5)), Duration.ofSeconds(3), HordeSettings.First.SYNC),
        settings.watch());
    assertEquals(
        Optional.of(
            new ApiSettings.LastUpdated(
                URI.create(URL + "model_references/v1/metadata/last_updated"),
                "/last_updated",
                Duration.ofSeconds(5))),
        settings.source(Repository.IMAGE).orElseThrow().lastUpdated());
    assertEquals(
        Optional.of(Duration.ofMinutes(1)),
        read(Map.of("WATCH_MODE", "1", "WATCH_INTERVAL_SECONDS", "0")).watch().interval());
  }

  @Test
  void allProblemsAreToldAtOnce() {
    String problems =
        problem(Map.of("HORDE_GITHUB_SYNC_PR_LABEL", "a", "HORDE_GITHUB_SYNC_NO_PR", "perhaps"));
    assertEquals(3, problems.lines().count(), problems);
    assertTrue(problems.contains("did you mean HORDE_GITHUB_SYNC_PR_LABELS?"), problems);
    assertTrue(problems.contains("--primary-url"), problems);
  }

  private static String token(Map<String, String> all) {
    return assertInstanceOf(HordeSettings.Access.Token.class, HordeSettings.of(all).access())
        .token()
        .value();
  }

  private static HordeSettings.Access.App app(Map<String, String> all) {
    return assertInstanceOf(HordeSettings.Access.App.class, HordeSettings.of(all).access());
  }

  private static HordeSettings read(Map<String, String> variables) {
    return HordeSettings.of(all(variables));
  }

  private static Map<String, String> all(Map<String, String> variables) {
    var all = new HashMap<String, String>();
    all.put("HORDE_GITHUB_SYNC_PRIMARY_API_URL", URL);
    variables.forEach((name, value) -> all.put("HORDE_GITHUB_SYNC_" + name, value));
    return all;
  }

  private static void assertProblem(String part, Map<String, String> variables) {
    String problem = problem(all(variables));
    assertTrue(problem.contains(part), problem);
  }

  private static String problem(Map<String, String> all) {
    return String.valueOf(
        assertThrows(SyncException.Invalid.class, () -> HordeSettings.of(all)).getMessage());
  }
}
