package dev.syncline.server;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives tests empty databases on a PostgreSQL that starts when the first test asks for one and
 * stops after the last. It comes from Maven Central; nothing needs to be installed.
 *
 * <p>PostgreSQL refuses to run as root. A build that does run as root starts it in a user namespace
 * of its own. Where the system forbids that too, its tests are skipped, and fail where {@code CI}
 * is set: there nobody would notice.
 */
public final class RealPostgres implements ParameterResolver {

  private static final ExtensionContext.Namespace NAMESPACE =
      ExtensionContext.Namespace.create(RealPostgres.class);

  /**
   * An empty database.
   *
   * @param url {@code jdbc:postgresql://…}, without user
   */
  public record EmptyDatabase(String url, String user) {}

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == EmptyDatabase.class;
  }

  @Override
  public EmptyDatabase resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return context
        .getRoot()
        .getStore(NAMESPACE)
        .computeIfAbsent(Server.class, key -> Server.start(), Server.class)
        .create();
  }

  private record Server(EmbeddedPostgres postgres, AtomicInteger databases)
      implements AutoCloseable {

    static Server start() {
      try {
        // The library switches this off for speed; here it is part of what is tested.
        var postgres = EmbeddedPostgres.builder().setServerConfig("synchronous_commit", "on");
        return new Server(postgres.start(), new AtomicInteger());
      } catch (IOException | IllegalStateException e) {
        Assumptions.assumeFalse(
            "root".equals(System.getProperty("user.name")) && System.getenv("CI") == null,
            () -> "PostgreSQL doesn't start as root, and no user namespace is allowed: " + e);
        throw new IllegalStateException("PostgreSQL doesn't start", e);
      }
    }

    EmptyDatabase create() {
      String name = "test" + databases.incrementAndGet();
      try (var connection = postgres.getPostgresDatabase().getConnection();
          var statement = connection.createStatement()) {
        statement.execute("CREATE DATABASE " + name);
      } catch (SQLException e) {
        throw new IllegalStateException("no database for the test", e);
      }
      return new EmptyDatabase(
          "jdbc:postgresql://localhost:" + postgres.getPort() + "/" + name, "postgres");
    }

    @Override
    public void close() throws IOException {
      postgres.close();
    }
  }
}
