package dev.syncline.server.ledger;

import java.util.concurrent.TimeUnit;
import org.eclipse.jgit.lib.Config;
import org.eclipse.jgit.lib.ConfigConstants;
import org.eclipse.jgit.storage.file.FileBasedConfig;
import org.eclipse.jgit.util.FS;
import org.jspecify.annotations.Nullable;

/** A configuration without a file: it says nothing, and what is written to it goes nowhere. */
final class NoConfiguration extends FileBasedConfig {

  /** No clock of a file system that we write to is coarser; only ledgers of others could be. */
  private static final long FILE_CLOCK_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

  NoConfiguration(@Nullable Config parent, FS fs) {
    super(parent, null, fs);
  }

  @Override
  public void load() {
    // There is nothing to load.
  }

  @Override
  public void save() {
    // JGit would keep what it measured about file systems in the user's home.
  }

  @Override
  public boolean isOutdated() {
    return false;
  }

  /**
   * Answers JGit's question how fine the file system's clock is. Without an answer JGit measures
   * it, which takes three seconds and leaves a file in the repository meanwhile.
   */
  @Override
  public long getTimeUnit(
      String section, String subsection, String name, long defaultValue, TimeUnit unit) {
    return ConfigConstants.CONFIG_FILESYSTEM_SECTION.equals(section)
            && ConfigConstants.CONFIG_KEY_TIMESTAMP_RESOLUTION.equals(name)
        ? unit.convert(FILE_CLOCK_NANOS, TimeUnit.NANOSECONDS)
        : super.getTimeUnit(section, subsection, name, defaultValue, unit);
  }
}
