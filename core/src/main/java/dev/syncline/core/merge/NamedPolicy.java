package dev.syncline.core.merge;

import dev.syncline.core.model.Glob;
import dev.syncline.core.model.SyncException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The policies by the names that people write. */
public final class NamedPolicy {

  private static final String BY = "union by ";

  private static final List<Policies.Rule> USUAL =
      List.of(
          usual("**/{memories,memory,conversations,logs}/**", "union"),
          usual("{memories,memory,conversations,logs}/**", "union"),
          usual("*.{log,jsonl,ndjson}", "union"),
          usual("*.{json,webmanifest}", "json"));

  private NamedPolicy() {}

  /**
   * The policy of this name.
   *
   * @param name {@code newest}, {@code ours}, {@code theirs}, {@code merge}, {@code markers},
   *     {@code union}, {@code union by <field>}, {@code json} or {@code keep-both}
   * @throws SyncException.Invalid if there is none
   */
  public static MergePolicy of(String name) {
    MergePolicy byLine = new ByLine(ByLine.OnClash.WAIT);
    if (name.startsWith(BY) && name.length() > BY.length()) {
      return new UnionOf(JsonUnion.byMember(name.substring(BY.length()).strip()), byLine);
    }
    return switch (name) {
      case "newest" -> new Newest();
      case "ours" -> new PickSide(Side.OURS);
      case "theirs" -> new PickSide(Side.THEIRS);
      case "merge" -> byLine;
      case "markers" -> new ByLine(ByLine.OnClash.MARK);
      case "union" -> new UnionOf(JsonUnion.byValue(), byLine);
      case "json" -> new ByField(byLine);
      case "keep-both" -> new KeepBoth();
      default ->
          throw new SyncException.Invalid(
              "`"
                  + name
                  + "` is no policy: write newest, ours, theirs, merge, markers, union, union by"
                  + " FIELD, json or keep-both");
    };
  }

  /**
   * The rules that somebody wrote, and after them what fits most files: lists and logs are united,
   * JSON is merged by field, text by line, and of anything else both versions are kept.
   *
   * @param written from patterns of paths to names of policies, in order
   */
  public static Policies rules(Map<String, String> written) {
    var rules = new ArrayList<Policies.Rule>();
    written.forEach((paths, name) -> rules.add(new Policies.Rule(Glob.of(paths), of(name))));
    rules.addAll(USUAL);
    return new Policies(rules, of("merge"));
  }

  private static Policies.Rule usual(String paths, String name) {
    return new Policies.Rule(Glob.of(paths), of(name));
  }
}
