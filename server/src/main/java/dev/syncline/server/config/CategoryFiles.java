package dev.syncline.server.config;

import dev.syncline.core.model.FilePath;
import dev.syncline.core.model.Glob;
import dev.syncline.core.model.PathMapping;
import dev.syncline.core.records.RecordForm;
import java.util.Collection;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Where the categories of JSON APIs are at another link of their workspace. */
public final class CategoryFiles {

  private CategoryFiles() {}

  /**
   * The files that a link sees of categories.
   *
   * @param mapping the link's
   * @param all the links of the workspace
   */
  public static SortedMap<FilePath, ApiSettings.Category> at(
      PathMapping mapping, Collection<LinkSettings> all) {
    var files = new TreeMap<FilePath, ApiSettings.Category>();
    for (LinkSettings source : all) {
      if (source.place() instanceof LinkSettings.Place.Api(ApiSettings api)) {
        for (ApiSettings.Category category : api.categories().values()) {
          source
              .mapping()
              .toLedger(category.file())
              .flatMap(mapping::toEndpoint)
              .ifPresent(path -> files.put(path, category));
        }
      }
    }
    return files;
  }

  /** How the file of a category holds its records. */
  public static RecordForm form(ApiSettings.Category category) {
    return switch (category.form()) {
      case JSON -> new RecordForm.Json(category.id());
      case HORDE_TEXT -> new RecordForm.Csv(Optional.of("name"));
    };
  }

  /**
   * A link that proposes sees nothing else, unless it says itself what it sees, or there is no
   * category where it looks.
   */
  static LinkSettings alone(LinkSettings link, Collection<LinkSettings> all) {
    PathMapping mapping = link.mapping();
    SortedMap<FilePath, ApiSettings.Category> files = at(mapping, all);
    return link.place() instanceof LinkSettings.Place.Reviewed
            && mapping.include().isEmpty()
            && !files.isEmpty()
        ? link.seeing(mapping.including(files.keySet().stream().map(Glob::only).toList()))
        : link;
  }
}
