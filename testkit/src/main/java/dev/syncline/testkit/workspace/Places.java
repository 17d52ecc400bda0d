package dev.syncline.testkit.workspace;

import dev.syncline.core.flow.Link;
import dev.syncline.core.merge.NamedPolicy;
import dev.syncline.core.merge.Policies;
import dev.syncline.core.model.Author;
import dev.syncline.core.model.FileChange;
import dev.syncline.core.model.FileMode;
import dev.syncline.core.model.FilePath;
import dev.syncline.core.model.Glob;
import dev.syncline.core.model.LinkName;
import dev.syncline.core.model.PathMapping;
import dev.syncline.core.plan.Direction;
import dev.syncline.core.plan.Planner;
import dev.syncline.core.plan.Safeguard;
import dev.syncline.core.port.Endpoint;
import dev.syncline.core.port.Ledger;
import dev.syncline.testkit.MemoryLedger;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;

/**
 * Opens places at random: folders and branches, that follow or only tell, that see all or a part.
 */
final class Places {

  private static final List<PathMapping> PARTS =
      List.of(
          PathMapping.without(globs("d/f", "d/f/**")),
          new PathMapping(Optional.of(new FilePath("d")), List.of(), List.of(), List.of()),
          new PathMapping(
              Optional.empty(), globs("a", "a/**", "d/**", "*.json"), List.of(), List.of()),
          new PathMapping(
              Optional.empty(),
              List.of(),
              List.of(),
              List.of(new PathMapping.Renamed(new FilePath("d"), new FilePath("b")))));

  private static final List<Policies> POLICIES =
      Stream.concat(
              Stream.of(NamedPolicy.rules(Map.of())),
              Stream.of("newest", "ours", "theirs", "merge", "union", "json", "keep-both")
                  .map(name -> new Policies(List.of(), NamedPolicy.of(name))))
          .toList();

  private final Random random;
  private final Verdicts verdicts;
  private final InstantSource clock;
  private final Ledger ledger;
  private final Disguise disguise;

  /** Hears of a path that Syncline is about to change. */
  interface Given {
    void hear(Place place, FilePath path, FileChange change);
  }

  Places(Random random, Verdicts verdicts, InstantSource clock, Ledger ledger, Disguise disguise) {
    this.disguise = disguise;
    this.random = random;
    this.verdicts = verdicts;
    this.clock = clock;
    this.ledger = ledger;
  }

  Place open(String name, Faults faults, Given given) {
    Duration skew = Duration.ofHours(random.nextInt(49) - 24);
    InstantSource itsClock = () -> clock.instant().plus(skew);
    boolean branch = random.nextInt(6) == 0 && ledger instanceof MemoryLedger && disguise.isNone();
    boolean noLinks = (!branch && random.nextInt(8) == 0) || !disguise.isNone();
    var self = new Place[1];
    var desk =
        new MemoryEndpoint(
            new Author(name, name + "@example.org"),
            itsClock,
            (path, change) -> given.hear(self[0], path, change),
            version -> noLinks && version.mode() == FileMode.SYMLINK);
    Endpoint endpoint = desk;
    if (branch) {
      endpoint = new MemoryBranch(desk, itsClock, (MemoryLedger) ledger, faults);
    } else {
      desk.suffer(faults);
    }
    PathMapping mapping =
        branch || random.nextInt(3) > 0
            ? PathMapping.WHOLE
            : PARTS.get(random.nextInt(PARTS.size()));
    Policies policy = POLICIES.get(random.nextInt(POLICIES.size()));
    var planner = new Planner(direction(), policy, new Safeguard(random.nextInt(4), 0.3), name);
    var plain = new Link(new LinkName(name), mapping, planner, endpoint);
    self[0] = new Place(desk, verdicts.lineage(), plain, dressed(plain, mapping));
    return self[0];
  }

  /** Lets a link see something else, unless it has to see all. */
  void remap(Place place) {
    if (place.plain().endpoint() instanceof MemoryBranch) {
      return;
    }
    PathMapping other =
        random.nextBoolean() ? PathMapping.WHOLE : PARTS.get(random.nextInt(PARTS.size()));
    place.tell(dressed(place.plain(), other));
  }

  /** The process that ran the link is another now, which knows only what is stored. */
  void restart(Place place) {
    place.tell(dressed(place.plain(), place.link().mapping()));
  }

  private Link dressed(Link plain, PathMapping mapping) {
    Planner planner = plain.planner();
    Disguise.Dressed dressed =
        disguise.dress(
            plain.name(),
            mapping,
            new Disguise.Dressed(
                plain.endpoint(),
                verdicts.overheard(planner.policies(), plain.name().value(), mapping)));
    return new Link(
        plain.name(),
        mapping,
        new Planner(planner.direction(), dressed.policies(), planner.safeguard(), planner.label()),
        dressed.endpoint());
  }

  private Direction direction() {
    return switch (random.nextInt(12)) {
      case 0 -> Direction.IN;
      case 1 -> Direction.OUT;
      default -> Direction.BOTH;
    };
  }

  private static List<Glob> globs(String... patterns) {
    return List.of(patterns).stream().map(Glob::of).toList();
  }
}
