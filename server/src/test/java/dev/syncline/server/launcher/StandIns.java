package dev.syncline.server.launcher;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;

/** Programs that only say what they were asked for, in place of a JDK and of Maven. */
final class StandIns {

  /** All that the script may count on to be there. */
  private static final List<String> TOOLS =
      List.of("cat", "find", "head", "mkdir", "mv", "readlink", "rm", "sleep", "touch");

  /**
   * Prints its home, its process id and its arguments. Asked for a cache it writes one, unless
   * there is a file {@code no-self-test} in its home; asked to {@code wait} it does, until SIGTERM.
   */
  private static final String JAVA =
      """
      #!/bin/sh
      echo "home $HOME_OF_JDK"
      echo "pid $$"
      for argument; do
        echo "argument $argument"
        case $argument in
          -XX:AOTCacheOutput=*)
            [ ! -e "$HOME_OF_JDK/no-self-test" ] || exit 1
            echo cache >"${argument#*=}"
            ;;
          wait)
            sleep 60 &
            trap 'kill $!; echo stopped; exit 0' TERM
            echo waiting
            wait
            ;;
        esac
      done
      """;

  /**
   * Writes its arguments and the JDKs that it was given to {@code mvn.log}, and a program. Files in
   * the root change that: {@code broken} makes it fail, {@code edit} becomes a source meanwhile,
   * and {@code slow} gets its process id and holds it up.
   */
  private static final String MAVEN =
      """
      #!/bin/sh
      echo "$* with $JAVA_SYNCLINE_HOME on ${JAVA_HOME:-the default}" >>"$ROOT/mvn.log"
      [ ! -e "$ROOT/broken" ] || exit 1
      [ ! -e "$ROOT/slow" ] || { echo $$ >"$ROOT/pid"; mv "$ROOT/pid" "$ROOT/slow"; exec sleep 60; }
      # File times are no finer than a few milliseconds.
      [ ! -e "$ROOT/edit" ] || { sleep 0.1; mv "$ROOT/edit" "$ROOT/core/src/main/java/Edited.java"; }
      echo program >"$ROOT/server/target/syncline-server-0.1.0.jar"
      """;

  private StandIns() {}

  /** A folder for PATH in which there is neither Java nor Maven. */
  static Path path(Path folder) throws IOException {
    for (String tool : TOOLS) {
      program(folder.resolve(tool), "#!/bin/sh\nexec %s \"$@\"\n".formatted(find(tool)));
    }
    return folder;
  }

  /** A JDK as far as the script looks: its description and its programs. */
  static Path jdk(Path home, String version) throws IOException {
    program(home.resolve("bin/java"), JAVA.replace("$HOME_OF_JDK", home.toString()));
    program(home.resolve("bin/javac"), "#!/bin/sh\n");
    Files.writeString(
        home.resolve("release"),
        """
        IMPLEMENTOR="Nobody"
        JAVA_RUNTIME_VERSION="%s+7"
        JAVA_VERSION="%s"
        """
            .formatted(version, version));
    return home;
  }

  static void maven(Path file, Path root) throws IOException {
    program(file, MAVEN.replace("$ROOT", root.toString()));
  }

  private static void program(Path file, String text) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private static Path find(String tool) {
    return Stream.of(System.getenv("PATH").split(File.pathSeparator))
        .map(folder -> Path.of(folder, tool))
        .filter(Files::isExecutable)
        .findFirst()
        .orElseThrow(() -> new AssertionError(tool + " is not on PATH"));
  }
}
