package dev.syncline.server.document.store.file;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** Names, lists and drops the segments of the log. */
final class LogFiles {

  private static final Pattern NAME = Pattern.compile("(\\d{8,18})\\.log");

  private LogFiles() {}

  static Path path(Path directory, long number) {
    return directory.resolve(String.format(Locale.ROOT, "%08d.log", number));
  }

  /** Numbers of all segments, ascending. */
  static List<Long> numbers(Disk disk, Path directory) throws IOException {
    var numbers = new ArrayList<Long>();
    for (String name : disk.list(directory)) {
      var matcher = NAME.matcher(name);
      if (matcher.matches()) {
        numbers.add(Long.parseLong(matcher.group(1)));
      }
    }
    numbers.sort(null);
    return numbers;
  }

  /** Deletes the segments up to a number, whose entries must be durable in document files. */
  static void drop(Disk disk, Path directory, long upTo, Counters counters) throws IOException {
    for (long number : numbers(disk, directory)) {
      if (number > upTo) {
        return;
      }
      Path path = path(directory, number);
      long size;
      try (Disk.OpenFile file = disk.read(path)) {
        size = file.size();
      }
      disk.delete(path);
      // Before the next one goes: an old append must not outlive the deletion of its document.
      disk.syncDirectory(directory);
      counters.logBytes().addAndGet(-size);
    }
  }
}
