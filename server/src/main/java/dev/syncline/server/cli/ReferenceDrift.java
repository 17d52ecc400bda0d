package dev.syncline.server.cli;

import dev.syncline.core.model.FilePath;
import dev.syncline.core.model.LinkName;
import dev.syncline.core.port.ProposalLayout;
import dev.syncline.core.records.RecordForm;
import dev.syncline.core.records.RecordSet;
import dev.syncline.server.cli.reference.Category;
import dev.syncline.server.cli.reference.Place;
import dev.syncline.server.config.ApiSettings;
import dev.syncline.server.config.CategoryFiles;
import dev.syncline.server.config.LinkSettings;
import dev.syncline.server.config.WorkspaceSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The files that would be proposed, each beside the one of before. Holds them open. Confined to one
 * thread.
 */
final class ReferenceDrift implements AutoCloseable {

  private final List<Place> places = new ArrayList<>();
  private final List<Category> categories = new ArrayList<>();

  List<Category> categories() {
    return List.copyOf(categories);
  }

  /** Adds what the links of a workspace wrote below a folder. */
  void add(WorkspaceSettings settings, Path output) throws IOException {
    for (Map.Entry<LinkName, Path> link : settings.proposingInto(output).entrySet()) {
      LinkSettings its = Optional.ofNullable(settings.links().get(link.getKey())).orElseThrow();
      Map<FilePath, ApiSettings.Category> known =
          CategoryFiles.at(its.mapping(), settings.links().values());
      for (FilePath before : Folders.files(link.getValue())) {
        Optional<FilePath> after = ProposalLayout.shownAsItWas(before);
        if (after.isPresent()) {
          Optional<String> id =
              Optional.ofNullable(known.get(after.get()))
                  .map(CategoryFiles::form)
                  .flatMap(RecordForm::id);
          Map.Entry<String, RecordSet> source = set(link.getValue(), after.get(), id);
          RecordSet target = set(link.getValue(), before, id).getValue();
          categories.add(new Category(source.getKey(), source.getValue(), target, ""));
        }
      }
    }
  }

  /** A file that isn't there, or won't be, is empty. */
  private Map.Entry<String, RecordSet> set(Path folder, FilePath path, Optional<String> id)
      throws IOException {
    Place place = Place.open(path.value(), folder, id);
    places.add(place);
    Map.Entry<String, RecordSet> set = place.sets().firstEntry();
    return Files.size(folder.resolve(path.value())) > 0
        ? set
        : Map.entry(set.getKey(), Category.none());
  }

  @Override
  public void close() throws IOException {
    for (Place place : places) {
      place.close();
    }
  }
}
