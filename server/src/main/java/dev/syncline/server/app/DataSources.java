package dev.syncline.server.app;

import dev.syncline.core.model.FilePath;
import dev.syncline.core.model.LinkName;
import dev.syncline.core.model.PathMapping;
import dev.syncline.core.records.RecordForm;
import dev.syncline.server.config.ApiSettings;
import dev.syncline.server.config.LinkSettings;
import dev.syncline.server.config.LinkSettings.Place;
import dev.syncline.server.config.WorkspaceSettings;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The sources of a workspace's data, as another link sees their files. Thread-safe: immutable.
 *
 * @param mapping the other link's
 */
record DataSources(WorkspaceSettings settings, PathMapping mapping) {

  /** What people know the first of them by. */
  String name() {
    return all()
        .map(source -> source.api().base().toString())
        .findFirst()
        .orElseGet(() -> "The workspace " + settings.name());
  }

  /** How their files hold records. */
  Map<FilePath, RecordForm> forms() {
    var forms = new HashMap<FilePath, RecordForm>();
    all().flatMap(this::files).forEach(file -> forms.put(file.path(), form(file.category())));
    return forms;
  }

  /** How many records of a file have to differ, where somebody said it. */
  Map<FilePath, Integer> fewest() {
    var fewest = new HashMap<FilePath, Integer>();
    all().flatMap(this::files).forEach(file -> fewest.put(file.path(), file.category().fewest()));
    return fewest;
  }

  /** A link to a source. */
  record Source(LinkName name, LinkSettings link, ApiSettings api) {}

  /** All of them. */
  Stream<Source> all() {
    return settings.links().entrySet().stream()
        .flatMap(link ->
            link.getValue().place() instanceof Place.Api(ApiSettings api)
                ? Stream.of(new Source(link.getKey(), link.getValue(), api))
                : Stream.empty());
  }

  /**
   * A category's file.
   *
   * @param kept its path in the ledger
   * @param path its path at the other link
   */
  record SourceFile(ApiSettings.Category category, FilePath kept, FilePath path) {}

  /** Those files of a source that the other link has, too. */
  Stream<SourceFile> files(Source source) {
    return source.api().categories().values().stream()
        .flatMap(category ->
            source.link().mapping().toLedger(category.file()).stream()
                .flatMap(kept ->
                    mapping.toEndpoint(kept).stream()
                        .map(path -> new SourceFile(category, kept, path))));
  }

  private static RecordForm form(ApiSettings.Category category) {
    return switch (category.form()) {
      case JSON -> new RecordForm.Json(category.id());
      case HORDE_TEXT -> new RecordForm.Csv(Optional.of("name"));
    };
  }
}
