package dev.syncline.server.config;

import dev.syncline.core.model.SyncException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The categories of the AI Horde's model reference, in the order in which they are read. */
public enum HordeCategory {
  BLIP,
  CLIP,
  CODEFORMER,
  CONTROLNET,
  CONTROLNET_ANNOTATOR,
  ESRGAN,
  GFPGAN,
  SAFETY_CHECKER,
  IMAGE_GENERATION,
  TEXT_GENERATION,
  VIDEO_GENERATION,
  AUDIO_GENERATION,
  MISCELLANEOUS,
  LORA,
  TI;

  /** Which of the two repositories a category's file is in. */
  public enum Repository {
    IMAGE,
    TEXT
  }

  /** What the API and people call it. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Its file; empty if no repository has one, so that it is never synced. */
  public Optional<String> file() {
    return switch (this) {
      case CONTROLNET_ANNOTATOR, VIDEO_GENERATION, AUDIO_GENERATION, LORA, TI -> Optional.empty();
      case IMAGE_GENERATION -> Optional.of("stable_diffusion.json");
      case TEXT_GENERATION -> Optional.of("models.csv");
      case BLIP, CLIP, CODEFORMER, CONTROLNET, ESRGAN, GFPGAN, SAFETY_CHECKER, MISCELLANEOUS ->
          Optional.of(word() + ".json");
    };
  }

  /** Where its file is. */
  public Repository repository() {
    return this == TEXT_GENERATION ? Repository.TEXT : Repository.IMAGE;
  }

  /** All that have a file. */
  static List<HordeCategory> synced() {
    return Arrays.stream(values()).filter(it -> it.file().isPresent()).toList();
  }

  /**
   * The one that somebody means; {@code stable_diffusion} and names of files are known, too.
   *
   * @throws SyncException.Invalid if there is none, or it has no file
   */
  static HordeCategory of(String text) {
    String word = text.strip().toLowerCase(Locale.ROOT).replaceFirst("\\.(json|csv)$", "");
    HordeCategory category =
        switch (word) {
          case "stable_diffusion" -> IMAGE_GENERATION;
          case "db", "models" -> TEXT_GENERATION;
          default ->
              Arrays.stream(values())
                  .filter(it -> it.word().equals(word))
                  .findFirst()
                  .orElseThrow(() -> unknown(text, word));
        };
    if (category.file().isEmpty()) {
      throw new SyncException.Invalid(
          "`" + text + "` has no file in the repositories: take it out");
    }
    return category;
  }

  private static SyncException.Invalid unknown(String text, String word) {
    List<String> known = synced().stream().map(HordeCategory::word).toList();
    return new SyncException.Invalid(
        "`"
            + text
            + "` is no category"
            + Nearest.to(word, known)
                .map(near -> "; did you mean " + near + "?")
                .orElse("; known are " + String.join(", ", known)));
  }
}
