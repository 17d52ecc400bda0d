package dev.syncline.server.app;

import dev.syncline.core.model.ContentId;
import dev.syncline.core.model.FilePath;
import dev.syncline.core.model.FileVersion;
import dev.syncline.core.port.Ledger;
import dev.syncline.core.records.RecordForm;
import dev.syncline.server.config.ApiSettings;
import dev.syncline.server.config.CategoryFiles;
import dev.syncline.server.config.LinkSettings;
import dev.syncline.server.config.LinkSettings.Place;
import dev.syncline.server.config.WorkspaceSettings;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The JSON APIs of a workspace, as far as its links that propose have to know of them. */
record DataSources(WorkspaceSettings settings) {

  /** What people know them by, if nobody says it. */
  String name() {
    return settings.links().values().stream()
        .flatMap(link ->
            link.place() instanceof Place.Api(ApiSettings api)
                ? Optional.of(api.base().toString()).stream()
                : Optional.<String>empty().stream())
        .findFirst()
        .orElseGet(() -> "The workspace " + settings.name());
  }

  /** How the files of categories hold records, by where a link has them. */
  Map<FilePath, RecordForm> forms(LinkSettings link) {
    var forms = new HashMap<FilePath, RecordForm>();
    CategoryFiles.at(link, settings.links().values())
        .forEach((path, category) -> forms.put(path, CategoryFiles.form(category)));
    return forms;
  }

  /** What one said last about a file of the ledger. */
  Optional<ContentId> lastSaid(Ledger ledger, FilePath path) {
    return settings.links().entrySet().stream()
        .filter(link -> link.getValue().place() instanceof Place.Api)
        .filter(link -> link.getValue().mapping().toEndpoint(path).isPresent())
        .flatMap(link -> ledger.base(link.getKey()).files().at(path).stream())
        .map(FileVersion::content)
        .findFirst();
  }
}
