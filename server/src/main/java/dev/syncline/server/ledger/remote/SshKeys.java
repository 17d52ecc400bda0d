package dev.syncline.server.ledger.remote;

import dev.syncline.core.model.SyncException;
import dev.syncline.server.ledger.Durable;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.interfaces.EdECPrivateKey;
import java.security.interfaces.EdECPublicKey;
import java.util.Base64;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.apache.sshd.common.config.keys.writer.openssh.OpenSSHKeyPairResourceWriter;

/**
 * Makes keys in the files that OpenSSH uses (its PROTOCOL.key): the private key, which only its
 * owner may read, and beside it the public one, which hosts are given. Thread-safe.
 */
public final class SshKeys {

  private static final String TYPE = "ssh-ed25519";
  private static final int LINE = 70;
  private static final int RSA_BITS = 4096;

  /** The cipher "none" asks for multiples of this. */
  private static final int BLOCK = 8;

  private final SecureRandom random;

  /**
   * @param random nobody may be able to guess what it gives
   */
  public SshKeys(SecureRandom random) {
    this.random = random;
  }

  /**
   * Makes a key and writes it to {@code file} and {@code file.pub}. Durable when it returns; a
   * crash leaves the whole key, or none that counts.
   *
   * @param comment tells people which key it is; one line
   * @return the public key in one line, as hosts want it
   * @throws SyncException.Invalid if the file is there already: a key is never replaced
   */
  public String generate(Path file, String comment) {
    checkComment(comment);
    try {
      KeyPair pair = Ed25519.generate(random);
      byte[] open = Ed25519.raw((EdECPublicKey) pair.getPublic());
      byte[] seed = Ed25519.seed((EdECPrivateKey) pair.getPrivate());
      String line = (publicLine(open) + " " + comment).strip();
      writePair(file, privateText(open, seed, comment), line);
      return line;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has Ed25519", e);
    }
  }

  /**
   * The same with an RSA key of 4096 bits, for hosts that know no Ed25519.
   *
   * @param comment tells people which key it is; one line
   * @return the public key in one line, as hosts want it
   * @throws SyncException.Invalid if the file is there already: a key is never replaced
   */
  public String generateRsa(Path file, String comment) {
    checkComment(comment);
    try {
      var generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(RSA_BITS, random);
      KeyPair pair = generator.generateKeyPair();
      var text = new ByteArrayOutputStream();
      OpenSSHKeyPairResourceWriter.INSTANCE.writePrivateKey(pair, comment, null, text);
      String line = (PublicKeyEntry.toString(pair.getPublic()) + " " + comment).strip();
      writePair(file, text.toString(StandardCharsets.US_ASCII), line);
      return line;
    } catch (IOException e) {
      throw new SyncException.Unavailable(file + " can't be written: " + e.getMessage(), e);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has RSA", e);
    }
  }

  /**
   * The public key that {@link #generate} wrote beside {@code file}, in one line.
   *
   * @throws SyncException.Invalid if there is none
   */
  public static String publicKey(Path file) {
    Path beside = file.resolveSibling(file.getFileName() + ".pub");
    try {
      return Files.readString(beside, StandardCharsets.UTF_8).strip();
    } catch (IOException e) {
      throw new SyncException.Invalid("there is no public key in " + beside, e);
    }
  }

  private static void checkComment(String comment) {
    if (comment.chars().anyMatch(c -> c < ' ' || c == 0x7F)) {
      throw new SyncException.Invalid("a key's comment is one line of plain text");
    }
  }

  private static void writePair(Path file, String secret, String line) {
    try {
      write(file, secret);
      // After the key: one without its public half can be mended, the other way it is a lie.
      Path beside = file.resolveSibling(file.getFileName() + ".pub");
      Files.deleteIfExists(beside);
      write(beside, line + "\n");
    } catch (FileAlreadyExistsException e) {
      throw new SyncException.Invalid(
          file + " is there already: a key is never replaced, give another name", e);
    } catch (IOException e) {
      throw new SyncException.Unavailable(file + " can't be written: " + e.getMessage(), e);
    }
  }

  private static String publicLine(byte[] open) {
    return TYPE + " " + Base64.getEncoder().encodeToString(publicBlob(open));
  }

  private static byte[] publicBlob(byte[] open) {
    return blob(out -> {
      string(out, TYPE.getBytes(StandardCharsets.US_ASCII));
      string(out, open);
    });
  }

  private String privateText(byte[] open, byte[] seed, String comment) {
    byte[] secret = secretPart(open, seed, comment);
    byte[] all =
        blob(out -> {
          out.write("openssh-key-v1\0".getBytes(StandardCharsets.US_ASCII));
          string(out, "none".getBytes(StandardCharsets.US_ASCII)); // cipher
          string(out, "none".getBytes(StandardCharsets.US_ASCII)); // key derivation
          string(out, new byte[0]);
          out.writeInt(1); // keys
          string(out, publicBlob(open));
          string(out, secret);
        });
    var lines = Base64.getMimeEncoder(LINE, new byte[] {'\n'});
    return "-----BEGIN OPENSSH PRIVATE KEY-----\n"
        + lines.encodeToString(all)
        + "\n-----END OPENSSH PRIVATE KEY-----\n";
  }

  private byte[] secretPart(byte[] open, byte[] seed, String comment) {
    int check = random.nextInt(); // twice the same: shows that it was decrypted rightly
    return blob(out -> {
      out.writeInt(check);
      out.writeInt(check);
      string(out, TYPE.getBytes(StandardCharsets.US_ASCII));
      string(out, open);
      string(out, ByteBuffer.allocate(2 * Ed25519.BYTES).put(seed).put(open).array());
      string(out, comment.getBytes(StandardCharsets.UTF_8));
      for (int padding = 1; out.size() % BLOCK != 0; padding++) {
        out.write(padding);
      }
    });
  }

  private static void string(DataOutputStream out, byte[] bytes) throws IOException {
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  private static byte[] blob(Content content) {
    var bytes = new ByteArrayOutputStream();
    try (var out = new DataOutputStream(bytes)) {
      content.writeTo(out);
    } catch (IOException e) {
      throw new UncheckedIOException("memory takes what it is given", e);
    }
    return bytes.toByteArray();
  }

  /** Under a name that is not there yet; private from the first byte on, and seen whole or not. */
  private static void write(Path file, String text) throws IOException {
    Path folder = file.toAbsolutePath().resolveSibling(".");
    Files.createDirectories(folder);
    // Files.createTempFile gives it to its owner alone.
    Path unfinished = Files.createTempFile(folder, ".key", ".part");
    try {
      try (var out = FileChannel.open(unfinished, StandardOpenOption.WRITE)) {
        ByteBuffer bytes = StandardCharsets.UTF_8.encode(text);
        while (bytes.hasRemaining()) {
          out.write(bytes);
        }
        out.force(true);
      }
      moveInto(file, unfinished);
      Durable.names(folder);
    } finally {
      Files.deleteIfExists(unfinished);
    }
  }

  /** A link, unlike a rename, never replaces what is there. */
  private static void moveInto(Path file, Path unfinished) throws IOException {
    try {
      Files.createLink(file, unfinished);
    } catch (UnsupportedOperationException e) {
      Files.move(unfinished, file); // A file system without links; refuses just as well.
    }
  }

  @FunctionalInterface
  private interface Content {
    void writeTo(DataOutputStream out) throws IOException;
  }
}
