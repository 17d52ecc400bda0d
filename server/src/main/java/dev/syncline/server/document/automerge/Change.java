package dev.syncline.server.document.automerge;

import dev.syncline.core.model.Sha256;
import dev.syncline.core.model.SyncException;
import java.security.MessageDigest;
import java.util.List;

/**
 * One change of a document: what it is called, what it builds on, and its chunk as it was received.
 * What it does to the document is opaque.
 *
 * @param hash SHA-256 of the inflated chunk's type, length and body
 * @param dependencies the changes it builds on
 * @param chunk the whole chunk, deflated or not; never changed
 */
public record Change(ChangeHash hash, List<ChangeHash> dependencies, byte[] chunk) {

  /**
   * Reads and checks a stored chunk.
   *
   * @param maxInflated the most bytes that a deflated body may take
   * @throws SyncException.Invalid if it is not exactly one sound change
   */
  public static Change parse(byte[] chunk, int maxInflated) {
    var in = Input.of(chunk);
    Chunk outer = Chunk.next(in);
    if (!in.isEmpty()) {
      throw new SyncException.Invalid("a stored chunk has bytes behind its end");
    }
    return of(outer, new Inflation(maxInflated));
  }

  /** Checks a chunk's checksum and the header of the change in it. */
  static Change of(Chunk chunk, Inflation inflation) {
    return switch (chunk.type()) {
      case CHANGE -> {
        // The hashed part is type, length and body: the chunk from its type byte on.
        int hashed = chunk.bytes().length - Chunk.TYPE_AT;
        byte[] digest = sha256(chunk.bytes(), Chunk.TYPE_AT, hashed);
        yield change(chunk, digest, chunk.bytes(), chunk.bodyAt(), chunk.bodyLength());
      }
      case DEFLATED_CHANGE -> {
        byte[] body = inflation.inflate(chunk);
        var plain = new Output(body.length + 8);
        plain.u8(Chunk.CHANGE_NUMBER);
        plain.uleb(body.length);
        plain.raw(body);
        byte[] bytes = plain.toByteArray();
        yield change(chunk, sha256(bytes, 0, bytes.length), body, 0, body.length);
      }
      case DOCUMENT, BUNDLE ->
          throw new SyncException.Invalid("a chunk is not a change but a " + chunk.type());
    };
  }

  private static Change change(Chunk chunk, byte[] digest, byte[] body, int from, int length) {
    for (int i = 0; i < Chunk.CHECKSUM_BYTES; i++) {
      if (digest[i] != chunk.bytes()[Chunk.MAGIC.length + i]) {
        throw new SyncException.Invalid("a change's checksum is wrong");
      }
    }
    var in = new Input(body, from, from + length);
    List<ChangeHash> dependencies = in.hashes();
    checkRest(in);
    return new Change(ChangeHash.at(digest, 0), dependencies, chunk.bytes());
  }

  /** Walks the rest of the header and the column layout: other clients have to read this change. */
  private static void checkRest(Input in) {
    in.skip(in.count(1)); // actor
    in.uleb(); // sequence number
    in.uleb(); // first operation
    in.skipSleb(); // time
    in.skip(in.count(1)); // message
    int actors = in.count(1);
    for (int i = 0; i < actors; i++) {
      in.skip(in.count(1));
    }
    int columns = in.count(2);
    long data = 0;
    for (int i = 0; i < columns; i++) {
      in.uleb(); // column specification
      data += in.uleb();
      if (data > in.left()) {
        throw new SyncException.Invalid("a change's columns reach past its end");
      }
    }
    in.skip((int) data);
  }

  private static byte[] sha256(byte[] bytes, int from, int length) {
    MessageDigest digest = Sha256.start();
    digest.update(bytes, from, length);
    return digest.digest();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Change change && hash.equals(change.hash);
  }

  @Override
  public int hashCode() {
    return hash.hashCode();
  }
}
