package dev.syncline.server.cli.reference;

import dev.syncline.core.model.SyncException;
import dev.syncline.core.records.RecordForm;
import dev.syncline.core.records.RecordSet;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * One category in both places.
 *
 * @param remark that it is in one place only, for a person; empty if it isn't
 */
public record Category(String name, RecordSet source, RecordSet target, String remark) {

  /**
   * Pairs what two places hold.
   *
   * @param wanted the only category to compare
   * @throws SyncException.Invalid if neither place has it
   */
  public static List<Category> of(Place source, Place target, Optional<String> wanted) {
    if (source.isFolder() && target.isFolder()) {
      return ofFolders(source, target, wanted);
    }
    String name =
        wanted.orElseGet(() -> (source.isFolder() ? target : source).sets().firstEntry().getKey());
    return List.of(pair(name, only(source, name), only(target, name), source, target));
  }

  private static List<Category> ofFolders(Place source, Place target, Optional<String> wanted) {
    var names = new TreeSet<>(source.sets().keySet());
    names.addAll(target.sets().keySet());
    wanted.ifPresent(name -> names.removeIf(other -> !other.equals(name)));
    if (names.isEmpty()) {
      throw unknown(wanted.orElse(""), source, target);
    }
    var all = new ArrayList<Category>();
    for (String name : names) {
      all.add(pair(name, only(source, name), only(target, name), source, target));
    }
    return all;
  }

  private static Optional<RecordSet> only(Place place, String name) {
    return place.isFolder()
        ? Optional.ofNullable(place.sets().get(name))
        : Optional.of(place.sets().firstEntry().getValue());
  }

  private static Category pair(
      String name,
      Optional<RecordSet> source,
      Optional<RecordSet> target,
      Place sourcePlace,
      Place targetPlace) {
    if (source.isEmpty() && target.isEmpty()) {
      throw unknown(name, sourcePlace, targetPlace);
    }
    String remark = "";
    if (source.isEmpty()) {
      remark = "the category " + name + " is not in the source, " + sourcePlace.name();
    } else if (target.isEmpty()) {
      remark = "the category " + name + " is not in the target, " + targetPlace.name();
    }
    return new Category(
        name, source.orElseGet(Category::none), target.orElseGet(Category::none), remark);
  }

  /** A set without records. */
  public static RecordSet none() {
    return RecordSet.of(
        "nothing", "{}".getBytes(StandardCharsets.UTF_8), new RecordForm.Json(Optional.empty()));
  }

  private static SyncException unknown(String name, Place source, Place target) {
    return new SyncException.Invalid(
        "neither %s nor %s has the category %s".formatted(source.name(), target.name(), name));
  }
}
