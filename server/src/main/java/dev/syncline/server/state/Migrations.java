package dev.syncline.server.state;

import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import org.flywaydb.core.api.ResourceProvider;
import org.flywaydb.core.api.resource.LoadableResource;
import org.jspecify.annotations.Nullable;

/** Migrations by name, for Flyway: so it needn't search the class path for them. */
final class Migrations implements ResourceProvider {

  private final List<String> files;

  /**
   * @param files below {@code migration/}
   */
  Migrations(List<String> files) {
    this.files = files;
  }

  @Override
  @SuppressWarnings("NullAway") // Flyway's interface isn't annotated; it expects null for "none".
  public @Nullable LoadableResource getResource(String name) {
    return files.contains(name) ? new SqlFile(name) : null;
  }

  @Override
  public Collection<LoadableResource> getResources(String prefix, String[] suffixes) {
    var found = new ArrayList<LoadableResource>();
    for (String file : files) {
      String name = file.substring(file.indexOf('/') + 1);
      if (name.startsWith(prefix) && Arrays.stream(suffixes).anyMatch(name::endsWith)) {
        found.add(new SqlFile(file));
      }
    }
    return found;
  }

  private static final class SqlFile extends LoadableResource {

    private final String file;

    SqlFile(String file) {
      this.file = file;
    }

    @Override
    public Reader read() {
      InputStream in = Migrations.class.getResourceAsStream("migration/" + file);
      if (in == null) {
        throw new IllegalStateException("the migration " + file + " is missing from this build");
      }
      return new InputStreamReader(in, StandardCharsets.UTF_8);
    }

    @Override
    public String getAbsolutePath() {
      return file;
    }

    @Override
    public String getAbsolutePathOnDisk() {
      return file;
    }

    @Override
    public String getFilename() {
      return file.substring(file.indexOf('/') + 1);
    }

    @Override
    public String getRelativePath() {
      return file;
    }
  }
}
