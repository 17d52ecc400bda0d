package dev.syncline.server.endpoint.jsonapi;

import dev.syncline.core.model.Changes;
import dev.syncline.core.model.FileChange;
import dev.syncline.core.model.FileMode;
import dev.syncline.core.model.FilePath;
import dev.syncline.core.model.FileVersion;
import dev.syncline.core.model.Snapshot;
import dev.syncline.core.model.SyncException;
import dev.syncline.core.port.Applied;
import dev.syncline.core.port.Contents;
import dev.syncline.core.port.Delivery;
import dev.syncline.core.port.Edit;
import dev.syncline.core.port.Endpoint;
import dev.syncline.core.port.Hints;
import dev.syncline.core.port.Observed;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;

/**
 * A data API. Each of its categories is a file, and what it says of one is taken only if it can be
 * right: one that can't be read, or has lost too much, stays as it is and holds up no other. No
 * file is ever deleted because of what a source says. What people edited is offered to it, if it is
 * to be told.
 */
public final class JsonApiEndpoint implements Endpoint {

  private static final int MOST_AT_ONCE = 4;

  private final Source source;
  private final ApiHttp http;
  private final Freshness freshness;
  private final InstantSource clock;
  private final CategoryLook.Remembered remembered = new CategoryLook.Remembered();

  /** An endpoint that is told by nobody when something changed. */
  public JsonApiEndpoint(Source source, InstantSource clock) {
    this(source, Pace.USUAL, clock);
  }

  JsonApiEndpoint(Source source, Pace pace, InstantSource clock) {
    this.source = source;
    this.http = new ApiHttp(source.credentials(), source.patience(), pace, clock);
    this.freshness = new Freshness();
    this.clock = clock;
  }

  ApiHttp http() {
    return http;
  }

  Freshness freshness() {
    return freshness;
  }

  @Override
  public Observed observe(Snapshot base, Hints hints, Contents contents) {
    freshness.looking();
    List<Category> wanted =
        source.categories().stream().filter(it -> isWanted(it.file(), hints)).toList();
    List<CategoryLook.Seen> seen = look(wanted, base, contents);
    var changes = new TreeMap<FilePath, FileChange>();
    var troubles = new HashMap<FilePath, Trouble>();
    for (CategoryLook.Seen one : seen) {
      switch (one) {
        case CategoryLook.Seen.Same() -> {}
        case CategoryLook.Seen.Held(Category category, Trouble trouble) ->
            troubles.put(category.file(), trouble);
        case CategoryLook.Seen.File(Category category, var content) -> {
          Optional<FileVersion> before = base.at(category.file());
          FileMode mode =
              before.map(FileVersion::mode).filter(FileMode::isFile).orElse(FileMode.REGULAR);
          FileChange.between(before, Optional.of(new FileVersion(content, mode)))
              .ifPresent(change -> changes.put(category.file(), change));
        }
      }
    }
    if (!wanted.isEmpty() && troubles.size() == wanted.size()) {
      refuseIfNothingWorks(troubles);
    }
    freshness.looked(troubles.isEmpty());
    Observed all =
        Observed.all(
            new Edit(source.author(), clock.instant(), message(changes), new Changes(changes)));
    return new Observed(
        all.edits(),
        troubles.entrySet().stream()
            .collect(Collectors.toMap(Map.Entry::getKey, it -> it.getValue().reason())),
        all.tip(),
        all.alarm(),
        all.rest());
  }

  /** If one alike cause stands behind all of it, it is the source's and no category's. */
  private void refuseIfNothingWorks(Map<FilePath, Trouble> troubles) {
    List<Trouble> all = List.copyOf(troubles.values());
    String reason = all.getFirst().reason();
    if (all.stream().allMatch(it -> it.kind() == Trouble.Kind.DENIED)) {
      throw new SyncException.Denied(reason);
    }
    if (all.stream().allMatch(it -> it.kind() == Trouble.Kind.UNREACHABLE)) {
      var cause = new IOException(reason);
      throw all.stream()
          .flatMap(it -> it.pause().stream())
          .max(Duration::compareTo)
          .map(wait -> new SyncException.Unavailable(reason, cause, clock.instant().plus(wait)))
          .orElseGet(() -> new SyncException.Unavailable(reason, cause));
    }
  }

  private List<CategoryLook.Seen> look(
      List<Category> categories, Snapshot base, Contents contents) {
    var around = new CategoryLook.Around(contents, remembered);
    try (var workers =
        Executors.newFixedThreadPool(
            MOST_AT_ONCE, Thread.ofVirtual().name("json-api-", 0).factory())) {
      try {
        var seen = new ArrayList<CategoryLook.Seen>();
        for (Future<CategoryLook.Seen> one :
            workers.invokeAll(
                categories.stream()
                    .map(it -> new CategoryLook(it, source, http, base, around))
                    .toList())) {
          seen.add(one.get());
        }
        return seen;
      } catch (InterruptedException e) {
        workers.shutdownNow();
        Thread.currentThread().interrupt();
        throw new SyncException.Unavailable("interrupted while " + source.base() + " was asked", e);
      } catch (ExecutionException e) {
        throw e.getCause() instanceof SyncException failure
            ? failure
            : new IllegalStateException(e.getCause());
      }
    }
  }

  private String message(Map<FilePath, FileChange> changes) {
    String names =
        source.categories().stream()
            .filter(category -> changes.containsKey(category.file()))
            .map(Category::name)
            .collect(Collectors.joining(", "));
    return "Update " + names + " from " + Objects.requireNonNullElse(source.base().getHost(), "");
  }

  private static boolean isWanted(FilePath file, Hints hints) {
    return switch (hints) {
      case Hints.Everywhere _ -> true;
      case Hints.At(var paths) -> paths.contains(file) || paths.stream().anyMatch(file::isUnder);
    };
  }

  @Override
  public boolean proposes() {
    return !(source.offer() instanceof Offer.Nothing);
  }

  @Override
  public Applied apply(Delivery delivery, Contents contents) {
    if (!proposes()) {
      throw new SyncException.Invalid(
          "a link to a JSON API goes one way: give it `direction: in` or `direction: replace`, or"
              + " an `offer`");
    }
    var results = new HashMap<FilePath, Applied.Result>();
    var edits = new ArrayList<Edited>();
    delivery
        .changes()
        .byPath()
        .forEach((path, change) -> {
          results.put(path, new Applied.Result.Proposed());
          edited(path, change, contents).ifPresent(edits::add);
        });
    var offering = new Offering(source.offer(), http, Offering.Where.BASE);
    return new Applied(results, Optional.empty(), offering.tell(edits));
  }

  /** What people edited in a file; empty if that can't be said record by record. */
  private Optional<Edited> edited(FilePath path, FileChange change, Contents contents) {
    return source.categories().stream()
        .filter(category -> category.file().equals(path) && category.form() instanceof JsonForm)
        .filter(_ -> change.before().isPresent() && change.after().isPresent())
        .findFirst()
        .map(category ->
            Edited.in(
                category,
                contents.read(change.after().orElseThrow().content()),
                contents.read(change.before().orElseThrow().content())));
  }

  @Override
  public void close() {
    http.close();
  }
}
