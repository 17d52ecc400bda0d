package dev.syncline.server.state;

import dev.syncline.server.RealPostgres;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(RealPostgres.class)
final class PostgresNoticesTest extends SqlNoticesContract {

  private final DatabaseAddress address;

  PostgresNoticesTest(RealPostgres.EmptyDatabase postgres) {
    address = Databases.address(postgres);
  }

  @Override
  DatabaseAddress address() {
    return address;
  }
}
