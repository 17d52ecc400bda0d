package dev.syncline.server.view;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Keys that open repositories over ssh, and the hosts that may see them used. Both are files of the
 * data directory in OpenSSH's formats, and the user's own {@code ~/.ssh} plays no part.
 */
public interface Ssh {

  /** What a key is made of. */
  enum Kind {
    ED25519,
    /** With 4096 bits, for hosts that know nothing newer. */
    RSA
  }

  /**
   * A key.
   *
   * @param name of its file
   * @param file of the private key
   * @param line the public key, as hosts want it
   * @param fingerprint as OpenSSH writes it: {@code SHA256:…}
   */
  record Key(String name, Path file, String line, String fingerprint) {}

  /**
   * What a host shows.
   *
   * @param type as OpenSSH calls it
   * @param fingerprint as OpenSSH writes it
   * @param line the public key
   */
  record HostKey(String type, String fingerprint, String line) {}

  /**
   * Makes a key without passphrase, which only its owner may read.
   *
   * @param comment tells people which key it is
   * @throws dev.syncline.core.model.SyncException.Invalid if there is one of this name
   */
  Key generate(String name, Kind kind, String comment);

  /** All keys, in the order of their names. */
  List<Key> keys();

  /** The key for repositories whose link names none; empty if there is none. */
  Optional<Key> usual();

  /**
   * Asks a host for its keys, one of each kind that it has. Nobody vouches for the answer.
   *
   * @param port 22 if it is ssh's own
   * @throws dev.syncline.core.model.SyncException.Unavailable if it doesn't answer
   */
  List<HostKey> ask(String host, int port);

  /** Trusts keys of a host from now on. */
  void trust(String host, int port, List<HostKey> keys);

  /** Which file names the hosts that are trusted. */
  Path knownHosts();
}
