package dev.syncline.core.plan;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.syncline.core.merge.Dispute;
import dev.syncline.core.merge.NamedPolicy;
import dev.syncline.core.merge.Policies;
import dev.syncline.core.merge.ThreeWay;
import dev.syncline.core.model.Changes;
import dev.syncline.core.model.ContentId;
import dev.syncline.core.model.FileChange;
import dev.syncline.core.model.FileMode;
import dev.syncline.core.model.FilePath;
import dev.syncline.core.model.FileVersion;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;

/** Two sides with what they last agreed on, written as texts, and what a planner makes of them. */
final class Scene implements Surroundings {

  private static final Safeguard NEVER = new Safeguard(Integer.MAX_VALUE, 1);

  private final Map<ContentId, byte[]> contents = new HashMap<>();
  private final TreeMap<FilePath, FileVersion> base = new TreeMap<>();
  private final TreeMap<FilePath, FileVersion> ledger = new TreeMap<>();
  private final TreeMap<FilePath, FileVersion> endpoint = new TreeMap<>();
  private final Set<FilePath> unseen = new TreeSet<>();
  private final Set<FilePath> blocked = new TreeSet<>();
  private final Set<FilePath> inDoubt = new TreeSet<>();
  private Predicate<FilePath> sees = path -> true;
  private Optional<String> alarm = Optional.empty();

  /** A text as a version; every character is a byte. */
  FileVersion version(String text, FileMode mode) {
    byte[] bytes = text.getBytes(ISO_8859_1);
    ContentId id = ContentId.ofContents(bytes);
    contents.put(id, bytes);
    return new FileVersion(id, mode);
  }

  FileVersion file(String text) {
    return version(text, FileMode.REGULAR);
  }

  /** Both sides have this file, and had it before. */
  Scene agreed(String path, String text) {
    base.put(new FilePath(path), file(text));
    return ledger(path, text).endpoint(path, text);
  }

  Scene ledger(String path, String text) {
    return ledger(path, Optional.of(file(text)));
  }

  Scene ledger(String path, Optional<FileVersion> version) {
    return put(ledger, path, version);
  }

  Scene ledgerRemoves(String path) {
    return ledger(path, Optional.empty());
  }

  Scene endpoint(String path, String text) {
    return endpoint(path, Optional.of(file(text)));
  }

  Scene endpoint(String path, Optional<FileVersion> version) {
    return put(endpoint, path, version);
  }

  Scene endpointRemoves(String path) {
    return endpoint(path, Optional.empty());
  }

  Scene unseen(String path) {
    unseen.add(new FilePath(path));
    return this;
  }

  Scene blocked(String path) {
    blocked.add(new FilePath(path));
    return this;
  }

  Scene inDoubt(String path) {
    inDoubt.add(new FilePath(path));
    return this;
  }

  Scene linkSees(Predicate<FilePath> part) {
    sees = part;
    return this;
  }

  Scene alarm(String reason) {
    alarm = Optional.of(reason);
    return this;
  }

  /** What a link of the usual policies proposes, without a safeguard. */
  Proposal proposal() {
    return proposal(Direction.BOTH, NamedPolicy.rules(Map.of()));
  }

  Proposal proposal(String policy) {
    return proposal(Direction.BOTH, new Policies(List.of(), NamedPolicy.of(policy)));
  }

  Proposal proposal(Direction direction, Policies policies) {
    return new Planner(direction, policies, NEVER, "laptop").plan(situation()).proposal();
  }

  /** What a link of the usual policies plans under a safeguard. */
  Plan plan(Safeguard safeguard) {
    return new Planner(Direction.BOTH, NamedPolicy.rules(Map.of()), safeguard, "laptop")
        .plan(situation());
  }

  /** The ledger's files after a proposal, as texts. */
  Map<String, String> ledgerAfter(Proposal proposal) {
    return texts(after(ledger, proposal.toLedger()), proposal);
  }

  /** The endpoint's files after a proposal, as texts. */
  Map<String, String> endpointAfter(Proposal proposal) {
    return texts(after(endpoint, proposal.toEndpoint()), proposal);
  }

  SortedMap<FilePath, FileVersion> ledgerFilesAfter(Proposal proposal) {
    return after(ledger, proposal.toLedger());
  }

  Situation situation() {
    return new Situation(
        base.size(), difference(base, ledger), difference(base, endpoint), this, alarm);
  }

  @Override
  public boolean isUnseen(FilePath path) {
    return unseen.contains(path);
  }

  @Override
  public boolean isBlocked(FilePath path) {
    return blocked.contains(path);
  }

  @Override
  public boolean isInDoubt(FilePath path) {
    return inDoubt.contains(path);
  }

  @Override
  public boolean isFree(FilePath path) {
    return sees.test(path)
        && List.of(base, ledger, endpoint).stream()
            .flatMap(files -> files.keySet().stream())
            .noneMatch(other -> other.equals(path) || other.isUnder(path));
  }

  @Override
  public Dispute dispute(FilePath path, ThreeWay sides) {
    return new Dispute(
        Dispute.Kind.FILE,
        path,
        sides,
        () -> Instant.EPOCH,
        () -> Instant.EPOCH.plusSeconds(1),
        id -> contents.getOrDefault(id, new byte[0]));
  }

  @Override
  public FilePath inLedger(FilePath path) {
    return path;
  }

  @Override
  public long size(FileVersion version) {
    return bytes(version, Map.of()).length;
  }

  private Scene put(Map<FilePath, FileVersion> files, String path, Optional<FileVersion> version) {
    version.ifPresentOrElse(
        there -> files.put(new FilePath(path), there), () -> files.remove(new FilePath(path)));
    return this;
  }

  private static Changes difference(
      SortedMap<FilePath, FileVersion> before, SortedMap<FilePath, FileVersion> after) {
    var paths = new TreeSet<>(before.keySet());
    paths.addAll(after.keySet());
    var changes = new TreeMap<FilePath, FileChange>();
    for (FilePath path : paths) {
      FileChange.between(
              Optional.ofNullable(before.get(path)), Optional.ofNullable(after.get(path)))
          .ifPresent(change -> changes.put(path, change));
    }
    return new Changes(changes);
  }

  private static SortedMap<FilePath, FileVersion> after(
      SortedMap<FilePath, FileVersion> files, Changes changes) {
    var after = new TreeMap<>(files);
    changes
        .byPath()
        .forEach((path, change) -> {
          if (!Optional.ofNullable(files.get(path)).equals(change.before())) {
            throw new AssertionError(path + " is not as the proposal says: " + change);
          }
          after.remove(path);
          change.after().ifPresent(version -> after.put(path, version));
        });
    return after;
  }

  private Map<String, String> texts(SortedMap<FilePath, FileVersion> files, Proposal proposal) {
    var texts = new TreeMap<String, String>();
    files.forEach((path, version) ->
        texts.put(path.value(), new String(bytes(version, proposal.fresh()), ISO_8859_1)));
    return texts;
  }

  private byte[] bytes(FileVersion version, Map<ContentId, byte[]> fresh) {
    byte[] known = contents.getOrDefault(version.content(), fresh.get(version.content()));
    if (known == null) {
      throw new AssertionError("nobody knows " + version);
    }
    return known;
  }
}
