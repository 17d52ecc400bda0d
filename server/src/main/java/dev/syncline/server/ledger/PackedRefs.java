package dev.syncline.server.ledger;

import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.jgit.lib.ObjectId;

/**
 * All refs of a repository as Git's {@code packed-refs} holds them: one file, so that one rename
 * moves any number of refs.
 *
 * @param byName names have the bytes of their UTF-8, one a character, so that they sort as Git
 *     sorts
 */
record PackedRefs(SortedMap<String, Target> byName) {

  /** Without any ref. */
  static final PackedRefs NONE = new PackedRefs(new TreeMap<>());

  private static final String HEADER = "# pack-refs with: peeled fully-peeled sorted \n";
  private static final Pattern LINE =
      Pattern.compile("(?:#[^\n]*|([0-9a-f]{40}) (refs/[^ \n]+)|\\^([0-9a-f]{40}))\n");

  /**
   * What a ref names.
   *
   * @param peeled what the tag that it names is of
   */
  record Target(ObjectId id, Optional<ObjectId> peeled) {}

  PackedRefs {
    byName = Collections.unmodifiableSortedMap(byName);
  }

  /** Reads Git's form; empty if it is none. */
  static Optional<PackedRefs> parse(byte[] file) {
    String text = new String(file, StandardCharsets.ISO_8859_1);
    var byName = new TreeMap<String, Target>();
    String last = "";
    int at = 0;
    for (Matcher line = LINE.matcher(text); at < text.length(); at = line.end()) {
      if (!line.find(at) || line.start() != at) {
        return Optional.empty();
      }
      if (line.group(2) != null) {
        last = line.group(2);
        byName.put(last, new Target(ObjectId.fromString(line.group(1)), Optional.empty()));
      } else if (line.group(3) != null) {
        Target tag = byName.get(last);
        if (tag == null) {
          return Optional.empty();
        }
        byName.put(last, new Target(tag.id(), Optional.of(ObjectId.fromString(line.group(3)))));
      }
    }
    return Optional.of(new PackedRefs(byName));
  }

  /** Git's form. */
  byte[] format() {
    var text = new StringBuilder(HEADER);
    byName.forEach((name, target) -> {
      text.append(target.id().name()).append(' ').append(name).append('\n');
      target.peeled().ifPresent(peeled -> text.append('^').append(peeled.name()).append('\n'));
    });
    return text.toString().getBytes(StandardCharsets.ISO_8859_1);
  }

  Optional<ObjectId> get(String name) {
    return Optional.ofNullable(byName.get(name)).map(Target::id);
  }

  /** Those whose names begin like this. */
  SortedMap<String, Target> under(String prefix) {
    return byName.subMap(prefix, prefix + Character.MAX_VALUE);
  }

  /** With refs that name something else now, or nothing. */
  PackedRefs with(Map<String, Optional<ObjectId>> moves) {
    var moved = new TreeMap<>(byName);
    moves.forEach((name, id) -> {
      if (id.isPresent()) {
        moved.put(name, new Target(id.get(), Optional.empty()));
      } else {
        moved.remove(name);
      }
    });
    return new PackedRefs(moved);
  }
}
