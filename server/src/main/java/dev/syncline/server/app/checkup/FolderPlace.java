package dev.syncline.server.app.checkup;

import dev.syncline.core.model.ContentId;
import dev.syncline.core.model.FilePath;
import dev.syncline.core.model.LinkName;
import dev.syncline.core.model.PathMapping;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/** A folder in which a probe is looked for. */
record FolderPlace(LinkName link, Path folder, PathMapping mapping)
    implements RoundTrip.ProbePlace {

  @Override
  public String title() {
    return link.value();
  }

  @Override
  public boolean sees(FilePath path) {
    return mapping.toEndpoint(path).isPresent();
  }

  @Override
  public Optional<ContentId> now(FilePath path) throws IOException {
    try {
      String there = mapping.toEndpoint(path).orElse(path).value();
      return Optional.of(ContentId.ofContents(Files.readAllBytes(folder.resolve(there))));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  @Override
  public void close() {}
}
