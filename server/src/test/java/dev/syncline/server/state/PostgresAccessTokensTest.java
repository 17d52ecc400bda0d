package dev.syncline.server.state;

import dev.syncline.core.port.AccessTokens;
import dev.syncline.server.RealPostgres;
import dev.syncline.testkit.AccessTokensContract;
import java.security.SecureRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(RealPostgres.class)
final class PostgresAccessTokensTest extends AccessTokensContract {

  private final Databases databases = new Databases();
  private final DatabaseAddress address;

  PostgresAccessTokensTest(RealPostgres.EmptyDatabase postgres) {
    address = Databases.address(postgres);
  }

  @AfterEach
  void close() {
    databases.close();
  }

  @Override
  protected AccessTokens open() {
    return new SqlAccessTokens(databases.open(address), new SecureRandom());
  }
}
