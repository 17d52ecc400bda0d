package dev.syncline.server.config;

import dev.syncline.core.model.SyncException;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Something that must not be seen, such as a password. Prints as {@value #MASK}. Ask for {@link
 * #value} each time it is used and don't keep it: a secret from a file changes when the file does.
 *
 * <p>Thread-safe: immutable.
 */
public final class Secret {

  static final String MASK = "***";

  private final Supplier<String> source;
  private final Optional<Path> file;
  private final Optional<String> variable;

  private Secret(Supplier<String> source, Optional<Path> file, Optional<String> variable) {
    this.source = source;
    this.file = file;
    this.variable = variable;
  }

  /** A secret that was given as it is. */
  public static Secret literal(String value) {
    return new Secret(() -> value, Optional.empty(), Optional.empty());
  }

  /** A secret that is in an environment variable. */
  public static Secret variable(String name, Map<String, String> environment) {
    return new Secret(
        () ->
            Environment.value(environment, name)
                .orElseThrow(() ->
                    new SyncException.Denied("the variable " + name + " is not set, or empty")),
        Optional.empty(),
        Optional.of(name));
  }

  /** A secret that a file holds, and nothing else; a line end after it is not part of it. */
  public static Secret file(Path file) {
    return new Secret(() -> read(file), Optional.of(file), Optional.empty());
  }

  /**
   * The secret, as it is now.
   *
   * @throws SyncException.Unavailable if its file can't be read
   * @throws SyncException.Invalid if its file holds none
   */
  public String value() {
    return source.get();
  }

  /** The file that holds it; empty if it was given as it is. */
  public Optional<Path> file() {
    return file;
  }

  /** The environment variable that holds it; empty if none does. */
  public Optional<String> variable() {
    return variable;
  }

  @Override
  public String toString() {
    return MASK;
  }

  // The file is small and rarely asked for: to read it each time is simpler, and more often right,
  // than to tell by time stamps whether it changed.
  private static String read(Path file) {
    String text;
    try {
      text = Files.readString(file);
    } catch (CharacterCodingException e) {
      throw new SyncException.Invalid("the secret in " + file + " is not UTF-8 text", e);
    } catch (IOException e) {
      throw new SyncException.Unavailable("can't read the secret in " + file, e);
    }
    String value = text.replaceFirst("[\r\n]+$", "");
    if (value.isEmpty()) {
      throw new SyncException.Invalid("the secret in " + file + " is empty");
    }
    return value;
  }
}
