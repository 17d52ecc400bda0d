package dev.syncline.server.endpoint.folder;

import dev.syncline.core.model.FilePath;
import dev.syncline.core.model.Snapshot;
import dev.syncline.core.model.SyncException;
import dev.syncline.core.port.Applied;
import dev.syncline.core.port.Contents;
import dev.syncline.core.port.Delivery;
import dev.syncline.core.port.Endpoint;
import dev.syncline.core.port.Hints;
import dev.syncline.core.port.Observed;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;

/**
 * A directory of the local file system.
 *
 * <p>Confined to one thread at a time, as {@link Endpoint} says.
 */
public final class FolderEndpoint implements Endpoint {

  private static final int READ_BEFORE_SAVING = 1_000;

  private final FolderSettings settings;
  private final InstantSource clock;
  private final Seams seams;
  private final PrivateFolder own;
  private final IgnoreRules ignored;

  /** What is known; empty as long as nothing was looked at, and after a failure. */
  private Optional<Opened> opened = Optional.empty();

  private record Opened(Spelling spelling, KnownFolder known) {}

  private long readSinceSaved;

  FolderEndpoint(FolderSettings settings, InstantSource clock, Seams seams) {
    this.settings = settings;
    this.clock = clock;
    this.seams = seams;
    this.own = new PrivateFolder(settings.root(), settings.link());
    this.ignored = new IgnoreRules(settings.apart());
  }

  /** A folder that need not be there at this moment: each call finds out. */
  public static FolderEndpoint of(FolderSettings settings, InstantSource clock) {
    return new FolderEndpoint(settings, clock, Seams.none());
  }

  /**
   * Makes the folder the link's, as it is now. Until then, and whenever its mark is missing later,
   * it is taken for one that is not there.
   *
   * @throws SyncException.Invalid if it is another link's
   * @throws SyncException.Unavailable if it can't be written to
   */
  public void adopt() {
    own.adopt();
  }

  /** Whether it was adopted, by whatever link. */
  public boolean isAdopted() {
    return own.isThere();
  }

  @Override
  public Observed observe(Snapshot base, Hints hints, Contents contents) {
    return inFolder((tree, open, held) -> {
      long settledBefore = held.fileTime(clock);
      var files = new KnownBase(base);
      var reading =
          new FileReading(tree.nativeFiles(), contents, files, settledBefore, seams.reading());
      var observation =
          new Observation(settings, tree, open.known(), open.spelling(), ignored, files, reading);
      Observed observed = observation.look(base, hints, clock);
      own.check(); // it may have gone while we looked
      readSinceSaved += observation.read();
      if (readSinceSaved >= READ_BEFORE_SAVING) {
        save(open, held);
      }
      return observed;
    });
  }

  @Override
  public Applied apply(Delivery delivery, Contents contents) {
    return inFolder((tree, open, held) -> {
      var check = new StepCheck(tree, open.known(), open.spelling(), ignored);
      var replacement = new Replacement(tree, held, seams.replacing());
      try {
        return new DeliveryWork(
                tree, held, open.known(), open.spelling(), contents, check, replacement)
            .run(delivery);
      } finally {
        new Recovery(tree, held).run();
      }
    });
  }

  /**
   * Files that are called otherwise in the folder, since its file system can't hold their names or
   * takes them for those of others; with their paths there. As of the last look.
   */
  public Map<FilePath, String> renamed() {
    return opened.map(open -> open.known().renamed()).orElseGet(Map::of);
  }

  /** Keeps the index for the next start. */
  @Override
  public void close() {
    if (opened.isPresent() && readSinceSaved > 0) {
      try {
        inFolder((tree, open, held) -> {
          save(open, held);
          return held;
        });
      } catch (SyncException _) {
        // The folder is not there: the next start looks at all files again.
      }
    }
  }

  /** What is done while no other process uses the folder. */
  @FunctionalInterface
  private interface Work<T> {
    T run(FolderTree tree, Opened open, HeldFolder held) throws IOException;
  }

  private <T> T inFolder(Work<T> work) {
    own.check();
    try (FolderTree tree = FolderTree.of(settings.root(), seams.nativeFiles());
        HeldFolder held = own.hold(tree)) {
      new Recovery(tree, held).run();
      if (opened.isEmpty()) {
        opened = Optional.of(open(held));
      }
      return work.run(tree, opened.get(), held);
    } catch (IOException e) {
      opened = Optional.empty();
      own.check(); // if the folder has gone, that is the reason
      throw FolderTrouble.with(settings.root(), e);
    } catch (RuntimeException | Error e) {
      opened = Optional.empty();
      throw e;
    }
  }

  private Opened open(HeldFolder held) throws IOException {
    NameRules found = NameRules.probe(held.work().path());
    NameRules rules =
        seams
            .rules()
            .orElseGet(() ->
                switch (settings.style()) {
                  case NATIVE -> found;
                  case PORTABLE -> found.portable();
                });
    var spelling = new Spelling(new Names(rules));
    IndexedFolder index = held.index().read().orElseGet(IndexedFolder::new);
    return new Opened(spelling, new KnownFolder(spelling, index));
  }

  private void save(Opened open, HeldFolder held) {
    readSinceSaved = 0;
    try {
      held.index().write(open.known().root());
    } catch (IOException _) {
      // A full disk, say: the index saves work, and nothing is wrong without it.
    }
  }
}
