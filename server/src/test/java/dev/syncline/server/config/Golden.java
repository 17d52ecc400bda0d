package dev.syncline.server.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Files of the project that say the same as the program; -Dsyncline.mend=true brings them there.
 */
public final class Golden {

  private Golden() {}

  /**
   * Holds a whole file to a text.
   *
   * @param file from the root of the project
   */
  public static void mustBe(String file, String text) {
    Path path = root().resolve(file);
    try {
      if (Boolean.getBoolean("syncline.mend")) {
        Files.createDirectories(path.resolveSibling("."));
        Files.writeString(path, text);
      }
      assertEquals(text, Files.readString(path), file + ": mend it with -Dsyncline.mend=true");
    } catch (IOException e) {
      throw new AssertionError("can't read " + path, e);
    }
  }

  /** The same for what stands between a begin and an end comment of a Markdown file. */
  public static void mustHold(String file, String mark, String text) {
    String begin = "<!-- begin " + mark + " -->\n";
    String end = "<!-- end " + mark + " -->";
    try {
      String page = Files.readString(root().resolve(file));
      int from = page.indexOf(begin) + begin.length();
      int to = page.indexOf(end);
      if (from < begin.length() || to < from) {
        throw new AssertionError(file + " has no lines between " + begin + " and " + end);
      }
      mustBe(file, page.substring(0, from) + text + page.substring(to));
    } catch (IOException e) {
      throw new AssertionError("can't read " + file, e);
    }
  }

  /** Tests run in the folder of their module. */
  private static Path root() {
    Path folder = Path.of("").toAbsolutePath();
    return Files.exists(folder.resolve("jvm.options"))
        ? folder
        : folder.resolveSibling(".").normalize();
  }
}
