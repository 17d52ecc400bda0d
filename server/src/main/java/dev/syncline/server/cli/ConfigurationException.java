package dev.syncline.server.cli;

import dev.syncline.server.config.Reading;

/** The configuration can't be used: says all that is wrong with it. */
final class ConfigurationException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  ConfigurationException(Reading.Refused refused) {
    super(refused.text());
  }
}
