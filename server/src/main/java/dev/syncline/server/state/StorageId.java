package dev.syncline.server.state;

import dev.syncline.core.model.SyncException;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * What clients know a document storage by, across restarts: they keep what they last agreed on with
 * it under this id. So it lies where the documents lie, and moves when they do.
 */
public record StorageId(UUID value) {

  private static final String NAME = "storage-id";

  /**
   * The id of the documents that are kept in files.
   *
   * @param fresh asked for the one to use from now on, if there is none yet
   */
  public static StorageId in(DataDirectory directory, Supplier<UUID> fresh) {
    Optional<String> known = directory.read(NAME);
    if (known.isPresent()) {
      return parse(known.get().strip(), directory.path().resolve(NAME).toString());
    }
    UUID id = fresh.get();
    directory.writePrivate(NAME, id + "\n");
    return new StorageId(id);
  }

  /**
   * The id of the documents that are kept in the database; servers that share it share the id.
   *
   * @param fresh asked for the one to use from now on, if there is none yet
   */
  public static StorageId in(Database database, Supplier<UUID> fresh) {
    var settings = new Settings(database);
    String text =
        settings.get(NAME).orElseGet(() -> settings.putIfAbsent(NAME, fresh.get().toString()));
    return parse(text, "the database's setting " + NAME);
  }

  private static StorageId parse(String text, String place) {
    try {
      return new StorageId(UUID.fromString(text));
    } catch (IllegalArgumentException e) {
      throw new SyncException.Corrupt(place + " is no UUID", e);
    }
  }
}
