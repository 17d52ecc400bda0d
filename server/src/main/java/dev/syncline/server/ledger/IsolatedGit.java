package dev.syncline.server.ledger;

import org.eclipse.jgit.lib.Config;
import org.eclipse.jgit.storage.file.FileBasedConfig;
import org.eclipse.jgit.util.FS;
import org.eclipse.jgit.util.SystemReader;
import org.jspecify.annotations.Nullable;

/**
 * Keeps JGit away from the configuration of the user and of the system, so that a ledger behaves
 * the same wherever it is: JGit has one reader of these for the whole process, and this is it. The
 * only static state of the package, because it is JGit's.
 */
final class IsolatedGit extends SystemReader.Delegate {

  private IsolatedGit(SystemReader delegate) {
    super(delegate);
  }

  /** Makes it so, once for the process. */
  static void install() {
    synchronized (IsolatedGit.class) {
      if (!(SystemReader.getInstance() instanceof IsolatedGit)) {
        SystemReader.setInstance(new IsolatedGit(SystemReader.getInstance()));
      }
    }
  }

  /** Hides Git's variables, which could name other object stores and configuration. */
  @Override
  public @Nullable String getenv(String variable) {
    return variable.startsWith("GIT_") ? null : super.getenv(variable);
  }

  @Override
  public FileBasedConfig openUserConfig(Config parent, FS fs) {
    return new NoConfiguration(parent, fs);
  }

  @Override
  public FileBasedConfig openSystemConfig(Config parent, FS fs) {
    return new NoConfiguration(parent, fs);
  }

  @Override
  public FileBasedConfig openJGitConfig(Config parent, FS fs) {
    return new NoConfiguration(parent, fs);
  }
}
