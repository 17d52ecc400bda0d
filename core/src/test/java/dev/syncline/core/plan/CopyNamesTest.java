package dev.syncline.core.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.syncline.core.model.FilePath;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Names for second versions. */
final class CopyNamesTest {

  @Test
  void theExtensionStaysAtTheEnd() {
    assertEquals("notes/plan (from laptop).txt", first("notes/plan.txt"));
    assertEquals("archive.tar (from laptop).gz", first("archive.tar.gz"));
    assertEquals("Makefile (from laptop)", first("Makefile"));
  }

  @Test
  void aLeadingDotStartsNoExtension() {
    assertEquals(".profile (from laptop)", first(".profile"));
  }

  @Test
  void takenNamesAreCountedOn() {
    var taken =
        Set.of(new FilePath("plan (from laptop).txt"), new FilePath("plan (from laptop 2).txt"));
    assertEquals(
        Optional.of(new FilePath("plan (from laptop 3).txt")),
        new CopyNames(new FilePath("plan.txt"), "laptop").firstThat(name -> !taken.contains(name)));
  }

  @Test
  void whereNoNameIsFreeThereIsNone() {
    assertEquals(
        Optional.empty(),
        new CopyNames(new FilePath("plan.txt"), "laptop").firstThat(name -> false));
  }

  private static String first(String path) {
    return new CopyNames(new FilePath(path), "laptop")
        .firstThat(name -> true)
        .orElseThrow()
        .value();
  }
}
