package dev.syncline.server;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A real file system of a few megabytes that fills up.
 *
 * @param root the folder that it is mounted on, until it is closed
 */
public record SmallDisk(Path root) implements AutoCloseable {

  /**
   * Mounts it; makes the folder if it is missing. Skips the test where nobody may mount: CI
   * machines mostly are containers, which may not.
   *
   * @param options of tmpfs, such as {@code size=1m}
   */
  public void mount(String options) throws IOException {
    Files.createDirectories(root);
    assumeTrue(
        run("mount", "-t", "tmpfs", "-o", options, "tmpfs", root.toString()),
        "no right to mount a small disk");
  }

  /** Nobody can write to it any more. */
  public void makeReadOnly() {
    assumeTrue(
        run("mount", "-o", "remount,ro", root.toString()), "no right to mount a disk read-only");
  }

  /** Fills it to the last byte; answers the file to delete again. */
  public Path fill() throws IOException {
    Path filler = root.resolve("filler");
    try (var out = new FileOutputStream(filler.toFile())) {
      while (true) {
        out.write(new byte[1_024]);
      }
    } catch (IOException full) {
      return filler;
    }
  }

  /** Takes it away with all disks in it, even if a library was loaded from it. */
  @Override
  public void close() {
    run("umount", "--recursive", "--lazy", root.toString());
  }

  private static boolean run(String... command) {
    try {
      return new ProcessBuilder(command).redirectErrorStream(true).start().waitFor() == 0;
    } catch (IOException _) {
      return false;
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
