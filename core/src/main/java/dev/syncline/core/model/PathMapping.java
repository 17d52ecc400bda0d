package dev.syncline.core.model;

import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Which part of a ledger a link sees, and where each file of it is at the endpoint. What is outside
 * is never touched on either side. One-to-one: a path that would not come back as it was is
 * outside.
 *
 * @param prefix the ledger's folder that is the endpoint's root; empty for the whole ledger
 * @param include patterns of the endpoint's paths that belong to the link; empty for all
 * @param exclude patterns of those that don't, even if included
 * @param renamed paths below the prefix, with where they are at the endpoint: files or folders; the
 *     first that fits counts
 */
public record PathMapping(
    Optional<FilePath> prefix, List<Glob> include, List<Glob> exclude, List<Renamed> renamed) {

  /** The whole ledger, each path where it is. */
  public static final PathMapping WHOLE =
      new PathMapping(Optional.empty(), List.of(), List.of(), List.of());

  /** A file or folder that has another path at the endpoint. */
  public record Renamed(FilePath inLedger, FilePath atEndpoint) {}

  public PathMapping {
    include = List.copyOf(include);
    exclude = List.copyOf(exclude);
    renamed = List.copyOf(renamed);
  }

  /** The whole ledger, but for some paths. */
  public static PathMapping without(List<Glob> exclude) {
    return new PathMapping(Optional.empty(), List.of(), exclude, List.of());
  }

  /** The same, of which only paths belong to the link that fit one of these. */
  public PathMapping including(List<Glob> patterns) {
    return new PathMapping(prefix, patterns, exclude, renamed);
  }

  public boolean isWhole() {
    return equals(WHOLE);
  }

  /** Where a file of the ledger is at the endpoint; empty if the link doesn't see it. */
  public Optional<FilePath> toEndpoint(FilePath inLedger) {
    return below(inLedger)
        .map(path -> move(path, Renamed::inLedger, Renamed::atEndpoint))
        .filter(this::isSelected)
        .filter(path ->
            move(path, Renamed::atEndpoint, Renamed::inLedger).equals(below(inLedger).get()));
  }

  /** Where a file of the endpoint is in the ledger; empty if the link doesn't see it. */
  public Optional<FilePath> toLedger(FilePath atEndpoint) {
    if (!isSelected(atEndpoint)) {
      return Optional.empty();
    }
    FilePath path = move(atEndpoint, Renamed::atEndpoint, Renamed::inLedger);
    if (!move(path, Renamed::inLedger, Renamed::atEndpoint).equals(atEndpoint)) {
      return Optional.empty();
    }
    return Optional.of(inPrefix(path));
  }

  /** Where a folder of the endpoint is in the ledger, whether the link sees all of it or not. */
  FilePath placeInLedger(FilePath folderAtEndpoint) {
    return inPrefix(move(folderAtEndpoint, Renamed::atEndpoint, Renamed::inLedger));
  }

  private FilePath inPrefix(FilePath path) {
    return prefix.map(folder -> new FilePath(folder + "/" + path)).orElse(path);
  }

  /**
   * Changes of the ledger as the endpoint would name them, without those that the link doesn't see.
   */
  public Changes toEndpoint(Changes inLedger) {
    return isWhole() ? inLedger : translate(inLedger, this::toEndpoint);
  }

  /** Changes at the endpoint as the ledger would name them. */
  public Changes toLedger(Changes atEndpoint) {
    return isWhole() ? atEndpoint : translate(atEndpoint, this::toLedger);
  }

  /** The ledger as the endpoint would have it. */
  public Snapshot seenFromEndpoint(Snapshot ledger) {
    return isWhole() ? ledger : new MappedSnapshot(this, ledger);
  }

  private Optional<FilePath> below(FilePath inLedger) {
    if (prefix.isEmpty()) {
      return Optional.of(inLedger);
    }
    FilePath folder = prefix.get();
    return inLedger.isUnder(folder)
        ? Optional.of(new FilePath(inLedger.value().substring(folder.value().length() + 1)))
        : Optional.empty();
  }

  private boolean isSelected(FilePath atEndpoint) {
    return (include.isEmpty() || include.stream().anyMatch(glob -> glob.matches(atEndpoint)))
        && exclude.stream().noneMatch(glob -> glob.matches(atEndpoint));
  }

  private FilePath move(
      FilePath path, Function<Renamed, FilePath> from, Function<Renamed, FilePath> to) {
    for (Renamed rule : renamed) {
      FilePath source = from.apply(rule);
      if (path.equals(source)) {
        return to.apply(rule);
      }
      if (path.isUnder(source)) {
        return new FilePath(to.apply(rule) + path.value().substring(source.value().length()));
      }
    }
    return path;
  }

  private static Changes translate(Changes changes, Function<FilePath, Optional<FilePath>> to) {
    var translated = new TreeMap<FilePath, FileChange>();
    changes
        .byPath()
        .forEach(
            (path, change) -> to.apply(path).ifPresent(there -> translated.put(there, change)));
    return new Changes(translated);
  }
}
