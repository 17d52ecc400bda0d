package dev.syncline.server.log;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ConfiguratorRank;
import ch.qos.logback.core.spi.ContextAwareBase;
import dev.syncline.server.config.LogSettings;

/**
 * Answers when Logback looks for its configuration, so that it doesn't search for files: warnings,
 * as text, until {@link Logging#start} knows better. Logback finds it through META-INF/services.
 */
@ConfiguratorRank(ConfiguratorRank.CUSTOM_HIGH_PRIORITY)
public final class FirstConfigurator extends ContextAwareBase implements Configurator {

  @Override
  public ExecutionStatus configure(LoggerContext context) {
    Logging.configure(
        context,
        new LogSettings(LogSettings.Format.TEXT, LogSettings.Level.WARN),
        Logging.stderr());
    return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
  }
}
