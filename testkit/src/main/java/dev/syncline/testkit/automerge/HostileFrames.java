package dev.syncline.testkit.automerge;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/** Frames that lie: valid ones with something changed, and some that were never valid. */
public final class HostileFrames {

  private static final int[] HEADS = {
    0x00, 0x17, 0x18, 0x1b, 0x1f, 0x20, 0x3b, 0x40, 0x5b, 0x5f, 0x60, 0x7b, 0x7f, 0x80, 0x9b, 0x9f,
    0xa0, 0xb9, 0xbb, 0xbf, 0xc0, 0xd8, 0xdf, 0xf4, 0xf6, 0xf7, 0xf8, 0xfb, 0xff
  };

  private final RandomGenerator random;
  private final ChangeGenerator changes;
  private final String peer;
  private final String document;

  public HostileFrames(RandomGenerator random, String peer, String document) {
    this.random = random;
    this.changes = new ChangeGenerator(random);
    this.peer = peer;
    this.document = document;
  }

  public byte[] next() {
    return switch (random.nextInt(8)) {
      case 0 -> noise(random.nextInt(200));
      case 1 -> cbor(random.nextInt(1, 60));
      case 2 -> sync(payload());
      case 3 -> sync(mutated(sound().encode()));
      case 4 -> sync(withChange(hostileChange()));
      case 5 -> ClientFrames.message("sync", peer, hostileId(), sound().encode());
      case 6 -> nested(random.nextInt(1, 3000));
      default -> mutated(ClientFrames.sync(peer, document, sound().encode()));
    };
  }

  private byte[] sync(byte[] data) {
    return ClientFrames.sync(peer, document, data);
  }

  private SyncPayload sound() {
    List<GeneratedChange> history = changes.history(random.nextInt(1, 5));
    return new SyncPayload(
        List.of(history.getLast().hash()),
        List.of(),
        List.of(new SyncPayload.Have(List.of(), Bloom.of(List.of(history.getFirst().hash())))),
        history.stream().map(GeneratedChange::chunk).toList());
  }

  private byte[] noise(int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }

  /** Items with heads that mean something, in an order that does not. */
  private byte[] cbor(int items) {
    var out = new Wire().u8(random.nextBoolean() ? 0xbf : 0xb9).raw((byte) 0, (byte) 4);
    for (int i = 0; i < items; i++) {
      switch (random.nextInt(4)) {
        case 0 -> out.text(List.of("type", "data", "sync", "senderId", "join").get(i % 5));
        case 1 -> out.u8(HEADS[random.nextInt(HEADS.length)]).raw(noise(random.nextInt(9)));
        case 2 -> out.head(random.nextInt(8), random.nextLong() >>> random.nextInt(64));
        default -> out.bytes(noise(random.nextInt(20)));
      }
    }
    return out.toByteArray();
  }

  private byte[] nested(int depth) {
    var out = new Wire().head(5, 1).text("x");
    int head = List.of(0x81, 0x9f, 0xa1, 0xbf, 0xc1, 0x5f).get(random.nextInt(6));
    for (int i = 0; i < depth; i++) {
      out.u8(head);
    }
    return out.toByteArray();
  }

  /** A sync message whose counts and filters lie. */
  private byte[] payload() {
    var out = new Wire().u8(0x42 + random.nextInt(3));
    switch (random.nextInt(5)) {
      case 0 -> out.uleb(random.nextLong() >>> 1).raw(noise(40));
      case 1 -> out.uleb(0).uleb(1L << random.nextInt(63));
      case 2 -> out.uleb(0).uleb(0).uleb(1).uleb(0).sized(bloom());
      case 3 -> out.uleb(0).uleb(0).uleb(0).uleb(1 << 20).raw(noise(30));
      default -> out.uleb(0).uleb(0).uleb(0).uleb(1).uleb((1L << 31) + 5).raw(noise(9));
    }
    return out.toByteArray();
  }

  private byte[] bloom() {
    return new Wire()
        .uleb(random.nextInt(3) == 0 ? 0xffff_ffffL : random.nextInt(5))
        .uleb(random.nextInt(3) == 0 ? 0xffff_ffffL : random.nextInt(3))
        .uleb(random.nextInt(3) == 0 ? 0xffff_ffffL : random.nextInt(3))
        .raw(noise(random.nextInt(4)))
        .toByteArray();
  }

  private byte[] withChange(GeneratedChange change) {
    return new SyncPayload(
            List.of(change.hash()), List.of(), SyncPayload.EMPTY.have(), List.of(change.chunk()))
        .encode();
  }

  /** Right checksums around wrong contents: what an attacker sends and chance doesn't. */
  private GeneratedChange hostileChange() {
    byte[] body = ChangeGenerator.body(List.of(), new byte[16], random.nextLong() >>> 1, noise(20));
    return switch (random.nextInt(5)) {
      case 0 -> ChangeGenerator.plain(List.of(), mutated(body));
      case 1 -> ChangeGenerator.plain(List.of(), new Wire().uleb(1L << 40).toByteArray());
      case 2 -> {
        // A bomb: a megabyte and more of zeros behind a sound start.
        byte[] bomb = ChangeGenerator.body(List.of(), new byte[16], 1, new byte[3 << 20]);
        yield ChangeGenerator.deflated(List.of(), bomb, ChangeGenerator.deflate(bomb));
      }
      case 3 -> ChangeGenerator.deflated(List.of(), body, mutated(ChangeGenerator.deflate(body)));
      default -> ChangeGenerator.plain(List.of(), new byte[0]);
    };
  }

  private String hostileId() {
    var id = new StringBuilder();
    int length = random.nextInt(10) == 0 ? 100_000 : random.nextInt(64);
    for (int i = 0; i < length; i++) {
      id.append((char) (random.nextInt(10) == 0 ? random.nextInt(0x3000) : '1' + i % 9));
    }
    return id.toString();
  }

  private byte[] mutated(byte[] sound) {
    var bytes = new ArrayList<Byte>();
    for (byte b : sound) {
      bytes.add(b);
    }
    for (int i = random.nextInt(1, 4); i > 0 && !bytes.isEmpty(); i--) {
      int at = random.nextInt(bytes.size());
      switch (random.nextInt(5)) {
        case 0 -> bytes.set(at, (byte) random.nextInt(256));
        case 1 -> bytes.set(at, (byte) (bytes.get(at) ^ 1 << random.nextInt(8)));
        case 2 -> bytes.remove(at);
        case 3 -> bytes.add(at, (byte) HEADS[random.nextInt(HEADS.length)]);
        default -> bytes.subList(at, bytes.size()).clear();
      }
    }
    byte[] mutated = new byte[bytes.size()];
    for (int i = 0; i < mutated.length; i++) {
      mutated[i] = bytes.get(i);
    }
    return Arrays.copyOf(mutated, mutated.length);
  }
}
