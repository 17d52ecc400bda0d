package dev.syncline.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The Compose files: one server with a volume, and the same with PostgreSQL. */
class ComposeTest {

  private static final String FOLDER = "deploy/compose/";

  private final JsonObject plain = Yaml.file(FOLDER + "compose.yaml");
  private final JsonObject postgres = Yaml.file(FOLDER + "compose.postgres.yaml");

  @Test
  void imageIsBuiltFromTheCheckout() {
    Path folder = Checkout.file(FOLDER);
    String context = Yaml.text(plain, "services.syncline.build.context");

    assertEquals(Checkout.ROOT, folder.resolve(context).normalize());
    assertTrue(Files.exists(Checkout.file(Yaml.text(plain, "services.syncline.build.dockerfile"))));
  }

  @Test
  void documentsAreInANamedVolumeWhereTheImageExpectsThem() {
    String volume = Yaml.text(plain, "services.syncline.volumes.0");

    assertEquals("data:" + Dockerfile.read().variable("DATA_DIR"), volume);
    assertTrue(Yaml.at(plain, "volumes").getAsJsonObject().has("data"));
  }

  @Test
  void rootFileSystemIsReadOnlyButSqliteCanLoadItsLibrary() {
    assertTrue(Yaml.at(plain, "services.syncline.read_only").getAsBoolean());
    // Docker mounts a tmpfs noexec unless told otherwise.
    assertTrue(Yaml.text(plain, "services.syncline.tmpfs.0").startsWith("/tmp:exec,"));
  }

  @Test
  void bothEndsOfTheDatabaseReadTheSameSecret() {
    String mounted =
        Yaml.text(postgres, "services.syncline.environment.SYNCLINE_DATABASE_PASSWORD_FILE");

    assertEquals(
        mounted, Yaml.text(postgres, "services.database.environment.POSTGRES_PASSWORD_FILE"));
    String name = Yaml.text(postgres, "services.syncline.secrets.0");
    assertEquals("/run/secrets/" + name, mounted);
    assertEquals("./" + name, Yaml.text(postgres, "secrets." + name + ".file"));
    assertTrue(
        Checkout.text(FOLDER + ".gitignore").lines().anyMatch(name::equals), "a secret in Git");
  }

  @Test
  void databaseUrlLeadsToTheDatabaseService() {
    String url = Yaml.text(postgres, "services.syncline.environment.SYNCLINE_DATABASE_URL");

    assertTrue(Yaml.at(postgres, "services").getAsJsonObject().has("database"));
    assertEquals(
        "postgres://database:5432/"
            + Yaml.text(postgres, "services.database.environment.POSTGRES_DB"),
        url);
    assertEquals(
        Yaml.text(postgres, "services.database.environment.POSTGRES_USER"),
        Yaml.text(postgres, "services.syncline.environment.SYNCLINE_DATABASE_USER"));
  }

  @Test
  void composeUnderstandsBothFiles(@TempDir Path folder) throws IOException {
    Program compose = Program.ofDebian("docker-compose", "docker-compose");
    // Debian's Compose is an old one, that takes the project's name from the folder only.
    String one =
        Files.writeString(
                folder.resolve("compose.yaml"),
                Checkout.text(FOLDER + "compose.yaml").replaceFirst("(?m)^name: .*$", ""))
            .toString();
    String other = Checkout.file(FOLDER + "compose.postgres.yaml").toString();

    compose.run("-f", one, "config", "-q").mustBe(0);
    compose.run("-f", one, "-f", other, "config", "-q").mustBe(0);
  }
}
