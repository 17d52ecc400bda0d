package dev.syncline.server.state;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

final class SqliteNoticesTest extends SqlNoticesContract {

  @TempDir private Path directory;

  @Override
  DatabaseAddress address() {
    return new DatabaseAddress.SqliteFile(directory);
  }
}
