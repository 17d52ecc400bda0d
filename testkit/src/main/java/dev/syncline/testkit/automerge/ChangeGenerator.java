package dev.syncline.testkit.automerge;

import dev.syncline.core.model.Sha256;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;

/** Builds change chunks with right checksums and hashes. What the operations do is random. */
public final class ChangeGenerator {

  private static final String MAGIC = "856f4a83";
  private static final int CHANGE = 1;
  private static final int DEFLATED = 2;

  private final RandomGenerator random;
  private long sequence;

  public ChangeGenerator(RandomGenerator random) {
    this.random = random;
  }

  /** A change with a few operations. */
  public GeneratedChange on(List<String> dependencies) {
    return on(dependencies, random.nextInt(1, 60));
  }

  /** A change with so many bytes of operations. */
  public GeneratedChange on(List<String> dependencies, int operationBytes) {
    byte[] actor = new byte[16];
    random.nextBytes(actor);
    byte[] operations = new byte[operationBytes];
    random.nextBytes(operations);
    sequence++;
    return plain(dependencies, body(dependencies, actor, sequence, operations));
  }

  /** A random history: each change builds on one to three of those before it, or on nothing. */
  public List<GeneratedChange> history(int size) {
    var changes = new ArrayList<GeneratedChange>(size);
    for (int i = 0; i < size; i++) {
      var dependencies = new ArrayList<String>();
      int parents = i == 0 || random.nextInt(20) == 0 ? 0 : random.nextInt(1, 4);
      for (int p = 0; p < parents; p++) {
        // Mostly on recent ones, as people do.
        int back = random.nextInt(10) == 0 ? random.nextInt(i) : random.nextInt(Math.min(i, 4));
        String hash = changes.get(i - 1 - back).hash();
        if (!dependencies.contains(hash)) {
          dependencies.add(hash);
        }
      }
      dependencies.sort(null);
      GeneratedChange change = on(dependencies);
      changes.add(random.nextInt(4) == 0 ? deflated(change) : change);
    }
    return changes;
  }

  /** The body of a change with one column of operations. */
  public static byte[] body(
      List<String> dependencies, byte[] actor, long sequence, byte[] operations) {
    return new Wire()
        .hashes(dependencies)
        .sized(actor)
        .uleb(sequence)
        .uleb(sequence)
        .u8(0) // time
        .sized(new byte[0]) // message
        .uleb(0) // other actors
        .uleb(1)
        .uleb(0x15)
        .uleb(operations.length)
        .raw(operations)
        .toByteArray();
  }

  /** A plain change chunk around any body. */
  public static GeneratedChange plain(List<String> dependencies, byte[] body) {
    byte[] digest = Sha256.of(hashed(body));
    byte[] chunk = new Wire().hex(MAGIC).raw(checksum(digest)).raw(hashed(body)).toByteArray();
    return new GeneratedChange(HexFormat.of().formatHex(digest), dependencies, chunk);
  }

  /** The same change, compressed. */
  public static GeneratedChange deflated(GeneratedChange change) {
    int at = MAGIC.length() / 2 + 5;
    while (change.chunk()[at++] < 0) {
      // walks past the length
    }
    byte[] body = Arrays.copyOfRange(change.chunk(), at, change.chunk().length);
    return deflated(change.dependencies(), body, deflate(body));
  }

  /** A compressed change chunk that claims to be {@code body} and holds {@code compressed}. */
  public static GeneratedChange deflated(
      List<String> dependencies, byte[] body, byte[] compressed) {
    byte[] digest = Sha256.of(hashed(body));
    byte[] chunk =
        new Wire().hex(MAGIC).raw(checksum(digest)).u8(DEFLATED).sized(compressed).toByteArray();
    return new GeneratedChange(HexFormat.of().formatHex(digest), dependencies, chunk);
  }

  /** Deflates without a header. */
  public static byte[] deflate(byte[] body) {
    var bytes = new ByteArrayOutputStream();
    try (var deflater = new Deflater(Deflater.BEST_COMPRESSION, true);
        var out = new DeflaterOutputStream(bytes, deflater)) {
      out.write(body);
    } catch (java.io.IOException e) {
      throw new IllegalStateException("memory does not fail", e);
    }
    return bytes.toByteArray();
  }

  private static byte[] hashed(byte[] body) {
    return new Wire().u8(CHANGE).sized(body).toByteArray();
  }

  private static byte[] checksum(byte[] digest) {
    return Arrays.copyOf(digest, 4);
  }
}
