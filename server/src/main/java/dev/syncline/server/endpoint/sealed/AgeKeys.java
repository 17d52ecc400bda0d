package dev.syncline.server.endpoint.sealed;

import com.exceptionfactory.jagged.RecipientStanzaReader;
import com.exceptionfactory.jagged.RecipientStanzaWriter;
import com.exceptionfactory.jagged.framework.stream.StandardDecryptingChannelFactory;
import com.exceptionfactory.jagged.framework.stream.StandardEncryptingChannelFactory;
import com.exceptionfactory.jagged.x25519.X25519RecipientStanzaReaderFactory;
import com.exceptionfactory.jagged.x25519.X25519RecipientStanzaWriterFactory;
import dev.syncline.core.model.ContentId;
import dev.syncline.core.model.SyncException;
import dev.syncline.server.config.EncryptionSettings;
import dev.syncline.server.config.Secret;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Seals and opens age files (age-encryption.org/v1) with X25519 keys. Thread-safe; the identities
 * are read again each time they are used.
 */
public final class AgeKeys {

  /** How every age file begins. */
  private static final byte[] BEGIN = "age-encryption.org/v1\n".getBytes(StandardCharsets.US_ASCII);

  private final List<String> recipients;
  private final Optional<Secret> identities;

  /** The hash of the identities that were last found to fit; finding out takes milliseconds. */
  private volatile Optional<ContentId> fitting = Optional.empty();

  /**
   * @throws SyncException.Invalid if a recipient is none
   */
  public AgeKeys(EncryptionSettings settings) {
    this.recipients = settings.recipients();
    this.identities = settings.identities();
    writers();
  }

  /** Who can read what is sealed. */
  List<String> recipients() {
    return recipients;
  }

  /** Whether contents are an age file; reads their beginning. */
  static boolean isSealed(InputStream contents) throws IOException {
    return Arrays.equals(contents.readNBytes(BEGIN.length), BEGIN);
  }

  /** Seals what is written to it; closing it completes the file, and closes {@code out}. */
  OutputStream sealing(OutputStream out) throws IOException {
    try {
      return Channels.newOutputStream(
          new StandardEncryptingChannelFactory()
              .newEncryptingChannel(Channels.newChannel(out), writers()));
    } catch (GeneralSecurityException e) {
      throw new IOException("can't be sealed: " + e.getMessage(), e);
    }
  }

  /**
   * Opens an age file; its clear text is checked as it is read.
   *
   * @throws IOException if none of the identities opens it, or it is damaged
   */
  InputStream opening(InputStream sealed) throws IOException {
    try {
      return Channels.newInputStream(
          new StandardDecryptingChannelFactory()
              .newDecryptingChannel(Channels.newChannel(sealed), readers()));
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      throw new IOException("no identity opens it: " + e.getMessage(), e);
    }
  }

  /**
   * Makes sure that what is sealed here can be opened here.
   *
   * @throws SyncException.Denied if not; the message says what to do
   */
  void mustOpen() {
    if (identities.isEmpty()) {
      throw new SyncException.Denied(
          "the workspace has encrypted files, and no key: name the file of your age identity as"
              + " `identity-file` below `encrypt`");
    }
    Optional<ContentId> here =
        Optional.of(ContentId.ofContents(text().getBytes(StandardCharsets.UTF_8)));
    if (here.equals(fitting)) {
      return;
    }
    var probe = new ByteArrayOutputStream();
    try {
      sealing(probe).close();
    } catch (IOException e) {
      throw new SyncException.Invalid("this Java can't encrypt: " + e.getMessage(), e);
    }
    try (InputStream opened = opening(new ByteArrayInputStream(probe.toByteArray()))) {
      opened.readAllBytes();
      fitting = here;
    } catch (IOException e) {
      throw new SyncException.Denied(
          "the identity in `identity-file` is of none of the `recipients`: put the right one there,"
              + " or add what `age-keygen -y FILE` prints to the recipients",
          e);
    }
  }

  private List<RecipientStanzaWriter> writers() {
    var writers = new ArrayList<RecipientStanzaWriter>();
    for (String recipient : recipients) {
      try {
        writers.add(X25519RecipientStanzaWriterFactory.newRecipientStanzaWriter(recipient));
      } catch (GeneralSecurityException | IllegalArgumentException e) {
        throw new SyncException.Invalid(
            "`" + recipient + "` is no recipient: one looks like age1…, as age-keygen prints it",
            e);
      }
    }
    return writers;
  }

  private List<RecipientStanzaReader> readers() {
    var readers = new ArrayList<RecipientStanzaReader>();
    for (String line : text().lines().map(String::strip).toList()) {
      if (line.isEmpty() || line.startsWith("#")) {
        continue;
      }
      try {
        readers.add(X25519RecipientStanzaReaderFactory.newRecipientStanzaReader(line));
      } catch (GeneralSecurityException | IllegalArgumentException _) {
        // Neither the line nor what is said of it: it is secret.
        throw new SyncException.Denied(
            "`identity-file` has a line that is no identity: one looks like AGE-SECRET-KEY-1…, as"
                + " age-keygen writes it");
      }
    }
    return readers;
  }

  private String text() {
    try {
      return identities.map(Secret::value).orElse("");
    } catch (SyncException.Unavailable | SyncException.Invalid e) {
      throw new SyncException.Denied(
          e.getMessage() + ": put your age identity there, as age-keygen writes it", e);
    }
  }
}
