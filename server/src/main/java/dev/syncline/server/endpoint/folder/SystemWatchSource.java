package dev.syncline.server.endpoint.folder;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Java's own way to watch: inotify on Linux, its counterpart on Windows, looking often on a Mac.
 */
final class SystemWatchSource implements WatchSource {

  private static final int MOST_KEYS_AT_ONCE = 10_000;

  private final WatchService service;
  private final Map<WatchKey, String> folders = new HashMap<>();
  private final NavigableMap<String, WatchKey> keys = new TreeMap<>();

  SystemWatchSource(Path root) throws IOException {
    this.service = root.getFileSystem().newWatchService();
  }

  @Override
  public void add(String where, Path folder) throws IOException {
    try {
      WatchKey key =
          folder.register(
              service,
              StandardWatchEventKinds.ENTRY_CREATE,
              StandardWatchEventKinds.ENTRY_DELETE,
              StandardWatchEventKinds.ENTRY_MODIFY);
      // A folder that was moved has the key that it had under its old name.
      String before = folders.put(key, where);
      if (before != null && !before.equals(where)) {
        keys.remove(before, key);
      }
      keys.put(where, key);
    } catch (ClosedWatchServiceException _) {
      // Nobody waits any more.
    }
  }

  @Override
  public void remove(String where) {
    var gone = new ArrayList<String>();
    for (String folder : keys.tailMap(where).keySet()) {
      if (!folder.startsWith(where)) {
        break;
      }
      if (where.isEmpty() || folder.equals(where) || folder.startsWith(where + "/")) {
        gone.add(folder);
      }
    }
    for (String folder : gone) {
      WatchKey key = keys.remove(folder);
      if (key != null) {
        key.cancel();
        folders.remove(key);
      }
    }
  }

  @Override
  public List<News> await(Duration atMost) throws InterruptedException {
    var news = new ArrayList<News>();
    try {
      @Nullable WatchKey key = service.poll(atMost.toNanos(), TimeUnit.NANOSECONDS);
      for (int i = 0; key != null && i < MOST_KEYS_AT_ONCE; i++) {
        read(key, news);
        key = service.poll();
      }
    } catch (ClosedWatchServiceException _) {
      return List.of();
    }
    return news;
  }

  @Override
  public void close() {
    try {
      service.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void read(WatchKey key, List<News> news) {
    String folder = folders.get(key);
    for (WatchEvent<?> event : key.pollEvents()) {
      if (folder == null) {
        continue;
      }
      if (event.context() instanceof Path name) {
        String where = IndexedFolder.join(folder, RawName.of(name));
        if (event.kind().equals(StandardWatchEventKinds.ENTRY_CREATE)) {
          news.add(new News.Came(where));
        } else if (event.kind().equals(StandardWatchEventKinds.ENTRY_DELETE)) {
          news.add(new News.Went(where));
        } else {
          news.add(new News.Changed(where));
        }
      } else {
        news.add(new News.Missed(folder));
      }
    }
    if (!key.reset() && folder != null) {
      folders.remove(key);
      keys.remove(folder, key);
      news.add(new News.Ended(folder));
    }
  }
}
