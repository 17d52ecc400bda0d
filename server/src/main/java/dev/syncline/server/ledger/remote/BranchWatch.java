package dev.syncline.server.ledger.remote;

import dev.syncline.core.model.SyncException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.eclipse.jgit.lib.Constants;

/**
 * Says when a branch of a repository in a folder of this machine may have moved, so that nobody has
 * to wait for the next look. Has a thread of its own, which calls the listener.
 */
public final class BranchWatch implements AutoCloseable {

  /** A repository that is missing, or whose folders were replaced, is watched again after it. */
  private static final Duration LOOK_AGAIN = Duration.ofSeconds(5);

  private final RemoteSpec spec;
  private final Runnable moved;
  private final Thread thread;
  private volatile Optional<String> problem = Optional.empty();

  private BranchWatch(RemoteSpec spec, Runnable moved) {
    this.spec = spec;
    this.moved = moved;
    this.thread =
        Thread.ofPlatform().daemon().name("branch-watch-" + spec.link()).unstarted(this::run);
  }

  /** Whether a branch is where it can be watched. */
  public static boolean canWatch(RemoteSpec spec) {
    return spec.url().scheme() == RemoteUrl.Scheme.FOLDER;
  }

  /**
   * Starts to watch. The repository need not be there: it is watched as soon as it is.
   *
   * @param moved must return soon and not throw
   */
  public static BranchWatch start(RemoteSpec spec, Runnable moved) {
    var watch = new BranchWatch(spec, moved);
    watch.thread.start();
    return watch;
  }

  /** Why pushes may be found late, in a sentence; empty while all is watched. */
  public Optional<String> problem() {
    return problem;
  }

  /** Ends it; the listener isn't called once this has returned. */
  @Override
  public void close() {
    thread.interrupt();
    try {
      thread.join();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    try (WatchService service = Path.of(spec.url().path()).getFileSystem().newWatchService()) {
      var watched = new HashMap<WatchKey, String>();
      while (true) {
        // What is there before a folder is watched is seen by whoever looks afterwards.
        boolean tells = watchMore(service, watched);
        WatchKey key = service.poll(tells ? 0 : LOOK_AGAIN.toMillis(), TimeUnit.MILLISECONDS);
        tells |= key != null && tells(key, watched);
        if (tells) {
          moved.run();
        }
      }
    } catch (InterruptedException _) {
      // Closed.
    } catch (IOException e) {
      problem = Optional.of("the repository's folder can't be watched (" + e.getMessage() + ")");
    }
  }

  /** Whether something happened to the file that has the branch. */
  private static boolean tells(WatchKey key, Map<WatchKey, String> watched) {
    String name = watched.get(key);
    boolean tells = false;
    for (WatchEvent<?> event : key.pollEvents()) {
      tells |= event.context() == null || event.context().toString().equals(name);
    }
    if (!key.reset()) {
      watched.remove(key);
      tells = true;
    }
    return tells;
  }

  /** Watches the folders that are there now; says whether one of them is new. */
  private boolean watchMore(WatchService service, Map<WatchKey, String> watched) {
    boolean isNew = false;
    try {
      for (Map.Entry<Path, String> place : places().entrySet()) {
        if (Files.isDirectory(place.getKey())) {
          WatchKey key =
              place
                  .getKey()
                  .register(
                      service,
                      StandardWatchEventKinds.ENTRY_CREATE,
                      StandardWatchEventKinds.ENTRY_MODIFY,
                      StandardWatchEventKinds.ENTRY_DELETE);
          isNew |= watched.put(key, place.getValue()) == null;
        }
      }
      problem = Optional.empty();
    } catch (SyncException _) {
      // It is not there: the link's runs say so.
    } catch (IOException e) {
      problem =
          Optional.of(
              "the repository's folder can't be watched ("
                  + e.getMessage()
                  + "), so pushes are seen when the link looks by itself");
    }
    return isNew;
  }

  /**
   * The folders in which a branch can be kept, each with the name in it that tells: a file of its
   * own, the file of packed refs, or the list of reftables.
   */
  private Map<Path, String> places() {
    Path repository = LocalFolder.of(spec.url()).gitDirectory().toPath();
    var places = new LinkedHashMap<Path, String>();
    places.put(repository, Constants.PACKED_REFS);
    places.put(repository.resolve("reftable"), "tables.list");
    Path folder = repository;
    for (String name : spec.remoteRef().split("/", -1)) {
      places.putIfAbsent(folder, name);
      folder = folder.resolve(name);
    }
    return places;
  }
}
