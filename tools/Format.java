import com.google.googlejavaformat.java.Formatter;
import com.google.googlejavaformat.java.FormatterException;
import com.google.googlejavaformat.java.ImportOrderer;
import com.google.googlejavaformat.java.JavaFormatterOptions.Style;
import com.google.googlejavaformat.java.RemoveUnusedImports;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Holds every Java file of the project to the layout of google-java-format. Runs as a source file,
 * {@code java -cp … tools/Format.java check|mend FOLDER REPORT}, from the build. The report lists
 * the files that keep another layout; it exists only if there are some, and the build then fails.
 * (An exit code would do the same, but with a stack trace of Maven's in place of a sentence.)
 */
final class Format {
  private static final Set<String> NOT_OURS = Set.of("target", "node_modules");

  private Format() {}

  public static void main(String[] args) throws IOException {
    boolean mend =
        switch (args[0]) {
          case "check" -> false;
          case "mend" -> true;
          default -> throw new IllegalArgumentException("check or mend, not " + args[0]);
        };
    Path root = Path.of(args[1]);
    Formatter formatter = new Formatter();
    List<String> wrong = new ArrayList<>();
    for (Path file : javaFiles(root)) {
      String before = Files.readString(file);
      String after;
      try {
        after = layout(formatter, before);
      } catch (FormatterException e) {
        wrong.add(root.relativize(file) + " is not Java: " + e.getMessage());
        continue;
      }
      if (after.equals(before)) {
        continue;
      }
      if (mend) {
        Files.writeString(file, after);
        System.out.println("laid out " + root.relativize(file));
      } else {
        wrong.add(root.relativize(file).toString());
      }
    }
    Path report = Path.of(args[2]);
    Files.deleteIfExists(report);
    if (!wrong.isEmpty()) {
      wrong.forEach(file -> System.out.println("other layout: " + file));
      Files.createDirectories(report.getParent());
      Files.write(report, wrong);
    }
  }

  /** What the formatter's own command does with a file. */
  private static String layout(Formatter formatter, String source) throws FormatterException {
    String unixLines = source.replace("\r\n", "\n");
    String ordered = ImportOrderer.reorderImports(unixLines, Style.GOOGLE);
    return formatter.formatSource(RemoveUnusedImports.removeUnusedImports(ordered));
  }

  private static List<Path> javaFiles(Path root) throws IOException {
    List<Path> files = new ArrayList<>();
    Files.walkFileTree(
        root,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            String name = folder.getFileName().toString();
            boolean skip =
                !folder.equals(root) && (name.startsWith(".") || NOT_OURS.contains(name));
            return skip ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (file.toString().endsWith(".java")) {
              files.add(file);
            }
            return FileVisitResult.CONTINUE;
          }
        });
    files.sort(null);
    return files;
  }
}
