package dev.syncline.server.document;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.slf4j.LoggerFactory;

/** Failures that a test of documents or their stores brings about on purpose are not news. */
@NullMarked
public final class QuietLog implements BeforeAllCallback, AfterAllCallback {

  private static final Logger LOG =
      (Logger) LoggerFactory.getLogger(DocumentServer.class.getPackageName());

  @Override
  public void beforeAll(ExtensionContext context) {
    LOG.setLevel(Level.OFF);
  }

  @Override
  public void afterAll(ExtensionContext context) {
    LOG.setLevel(null);
  }
}
