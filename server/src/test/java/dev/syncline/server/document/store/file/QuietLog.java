package dev.syncline.server.document.store.file;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.slf4j.LoggerFactory;

/** Failures that a test brings about on purpose are not news. */
final class QuietLog implements BeforeAllCallback, AfterAllCallback {

  private static final Logger LOG =
      (Logger) LoggerFactory.getLogger(FileChunkStore.class.getPackageName());

  @Override
  public void beforeAll(ExtensionContext context) {
    LOG.setLevel(Level.OFF);
  }

  @Override
  public void afterAll(ExtensionContext context) {
    LOG.setLevel(null);
  }
}
