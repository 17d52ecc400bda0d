package dev.syncline.server.state;

import dev.syncline.core.port.AccessTokens;
import dev.syncline.testkit.AccessTokensContract;
import java.nio.file.Path;
import java.security.SecureRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

final class SqliteAccessTokensTest extends AccessTokensContract {

  private final Databases databases = new Databases();
  @TempDir private Path directory;

  @AfterEach
  void close() {
    databases.close();
  }

  @Override
  protected AccessTokens open() {
    return new SqlAccessTokens(
        databases.open(new DatabaseAddress.SqliteFile(directory)), new SecureRandom());
  }
}
