package dev.syncline.server.forge;

import java.util.function.Supplier;

/** What is shown to a forge. */
public sealed interface Login {

  /** The token to show now. */
  String token();

  /** Told when the forge takes the token no more; answers whether there may be another one. */
  boolean renew();

  /**
   * A token of a person or of a project.
   *
   * @param secret asked each time
   */
  record Token(Supplier<String> secret) implements Login {
    @Override
    public String token() {
      return secret.get();
    }

    @Override
    public boolean renew() {
      return false;
    }

    @Override
    public String toString() {
      return "a token";
    }
  }

  /** A GitHub App, whose commits GitHub can sign. */
  record App(InstallationTokens tokens) implements Login {
    @Override
    public String token() {
      return tokens.get();
    }

    @Override
    public boolean renew() {
      tokens.forget();
      return true;
    }
  }
}
