package dev.syncline.server.app;

import dev.syncline.core.model.ContentId;
import dev.syncline.core.model.FilePath;
import dev.syncline.core.model.FileVersion;
import dev.syncline.core.model.LinkName;
import dev.syncline.core.model.PathMapping;
import dev.syncline.core.port.Ledger;
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
    files().forEach(file -> forms.put(file.path(), form(file.category())));
    return forms;
  }

  /** How many records of a file have to differ, where somebody said it. */
  Map<FilePath, Integer> fewest() {
    var fewest = new HashMap<FilePath, Integer>();
    files().forEach(file -> fewest.put(file.path(), file.category().fewest()));
    return fewest;
  }

  /** What a source said last about a file. */
  Optional<ContentId> lastSaid(FilePath path, Ledger ledger) {
    return mapping.toLedger(path).stream()
        .flatMap(file ->
            all()
                .filter(source -> source.link().mapping().toEndpoint(file).isPresent())
                .flatMap(source -> ledger.base(source.name()).files().at(file).stream()))
        .map(FileVersion::content)
        .findFirst();
  }

  private record Source(LinkName name, LinkSettings link, ApiSettings api) {}

  private record SourceFile(FilePath path, ApiSettings.Category category) {}

  private Stream<Source> all() {
    return settings.links().entrySet().stream()
        .flatMap(link ->
            link.getValue().place() instanceof Place.Api(ApiSettings api)
                ? Stream.of(new Source(link.getKey(), link.getValue(), api))
                : Stream.empty());
  }

  private Stream<SourceFile> files() {
    return all()
        .flatMap(source ->
            source.api().categories().values().stream()
                .flatMap(category ->
                    source.link().mapping().toLedger(category.file()).stream()
                        .flatMap(file -> mapping.toEndpoint(file).stream())
                        .map(path -> new SourceFile(path, category))));
  }

  private static RecordForm form(ApiSettings.Category category) {
    return switch (category.form()) {
      case JSON -> new RecordForm.Json(category.id());
      case HORDE_TEXT -> new RecordForm.Csv(Optional.of("name"));
    };
  }
}
