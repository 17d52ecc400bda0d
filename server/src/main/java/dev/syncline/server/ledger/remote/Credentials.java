package dev.syncline.server.ledger.remote;

import dev.syncline.core.model.SyncException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What opens a repository. Secrets are asked for at each use and kept nowhere, so that a file that
 * was rotated counts from the next use on. Prints without them. Thread-safe if the suppliers are.
 */
public sealed interface Credentials {

  /** For repositories that anybody may read, and folders. */
  record None() implements Credentials {}

  /**
   * A token or password, for https.
   *
   * @param username as the host wants it; with a token many take any name
   * @param from where the token is kept, for messages: "the file /run/secrets/token"
   * @param secret throws a {@link SyncException} if it can't be had
   */
  record Token(String username, String from, Supplier<String> secret) implements Credentials {

    public Token {
      if (username.isEmpty() || username.chars().anyMatch(c -> c < ' ' || c == ':' || c == 0x7F)) {
        throw new SyncException.Invalid("the name that goes with a token has no : in it");
      }
    }

    /** One whose token is the only line of a file. */
    public static Token ofFile(String username, Path file) {
      return new Token(username, "the file " + file, () -> read(file, "token").strip());
    }

    /** The secret as it is now. */
    String current() {
      String now = secret.get();
      if (now.isEmpty() || now.chars().anyMatch(c -> c < ' ' || c == 0x7F)) {
        throw new SyncException.Denied(
            from + " has no token in it: it has to be one line, and not empty");
      }
      return now;
    }

    @Override
    public String toString() {
      return "Token[" + username + ", from " + from + "]";
    }
  }

  /**
   * A private key, for ssh.
   *
   * @param from where the key is kept, for messages
   * @param key the key in OpenSSH's or PEM format
   * @param passphrase empty if the key is not encrypted
   * @param hosts the hosts that may see it used
   */
  record SshKey(
      String from, Supplier<String> key, Supplier<Optional<String>> passphrase, KnownHosts hosts)
      implements Credentials {

    /** One in a file, not encrypted. */
    public static SshKey ofFile(Path file, KnownHosts hosts) {
      return ofFile(file, Optional::empty, hosts);
    }

    /** One in a file. */
    public static SshKey ofFile(
        Path file, Supplier<Optional<String>> passphrase, KnownHosts hosts) {
      return new SshKey("the file " + file, () -> read(file, "key"), passphrase, hosts);
    }

    @Override
    public String toString() {
      return "SshKey[from " + from + "]";
    }
  }

  private static String read(Path file, String what) {
    try {
      return Files.readString(file, StandardCharsets.UTF_8);
    } catch (NoSuchFileException e) {
      throw new SyncException.Denied(
          "there is no file " + file + " to read the " + what + " from", e);
    } catch (IOException e) {
      throw new SyncException.Denied(
          "the file " + file + " with the " + what + " can't be read: " + e.getMessage(), e);
    }
  }
}
