package dev.syncline.server.forge.testforge;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

/** The pull requests of a test forge, and what people do with them in its pages. */
public final class TestPulls {

  static final String OWNER = "anna";

  /** Users that may be asked for reviews, and teams. */
  static final Set<String> PEOPLE = Set.of("anna", "ben", "cleo");

  static final Set<String> TEAMS = Set.of("editors");

  private final TestRepository repository;
  private final InstantSource clock;
  private final List<TestPull> all = new CopyOnWriteArrayList<>();

  TestPulls(TestRepository repository, InstantSource clock) {
    this.repository = repository;
    this.clock = clock;
  }

  Instant now() {
    return clock.instant();
  }

  /** All of them, oldest first, as they are now. */
  public List<TestPull> all() {
    all.forEach(this::refresh);
    return List.copyOf(all);
  }

  public Optional<TestPull> find(long number) {
    return all().stream().filter(pull -> pull.number == number).findFirst();
  }

  /** Those that are in a state, {@code open}, {@code closed} or {@code all}; newest first. */
  List<TestPull> listed(String state) {
    return all().reversed().stream()
        .filter(pull -> state.equals("all") || pull.isOpen == state.equals("open"))
        .toList();
  }

  /** The one that is open between two branches. */
  public Optional<TestPull> open(String from, String to) {
    return all().stream()
        .filter(pull -> pull.isOpen && pull.owner.equals(OWNER))
        .filter(pull -> pull.from.equals(from) && pull.to.equals(to))
        .findFirst();
  }

  /** Opens one, whatever there is. */
  public synchronized TestPull make(String owner, String from, String to) {
    var pull = new TestPull(all.size() + 1, owner, from, to, clock.instant());
    all.add(pull);
    if (owner.equals(OWNER)) {
      repository.tip(from).ifPresent(tip -> pull.head = tip);
    }
    return pull;
  }

  /** A person merges it with a merge commit. */
  public String merge(long number) {
    return merge(number, "Merge pull request #" + number, true);
  }

  /** A person squashes it. */
  public String squash(long number) {
    return merge(number, "Squashed #" + number, false);
  }

  private String merge(long number, String message, boolean isMergeCommit) {
    TestPull pull = find(number).orElseThrow();
    String base = repository.tip(pull.to).orElseThrow();
    String head = repository.tip(pull.from).orElseThrow();
    List<String> parents = isMergeCommit ? List.of(base, head) : List.of(base);
    String commit = repository.commit(repository.merged(base, head), message, parents);
    repository.point(pull.to, commit);
    pull.merged = Optional.of(commit);
    pull.isOpen = false;
    return commit;
  }

  /** A person closes it. */
  public void close(long number) {
    find(number).orElseThrow().isOpen = false;
  }

  /** A person opens it again. */
  public void reopen(long number) {
    find(number).orElseThrow().isOpen = true;
  }

  /** A branch that is gone closes it; one whose commits are in the other has merged it. */
  private void refresh(TestPull pull) {
    if (!pull.isOpen || !pull.owner.equals(OWNER)) {
      return;
    }
    Optional<String> head = repository.tip(pull.from);
    Optional<String> base = repository.tip(pull.to);
    head.ifPresent(tip -> pull.head = tip);
    if (head.isEmpty() || base.isEmpty()) {
      pull.isOpen = false;
    } else if (repository.contains(base.get(), head.get())) {
      pull.isOpen = false;
      pull.merged = base;
    }
  }
}
