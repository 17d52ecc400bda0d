package dev.syncline.server.endpoint.sealed;

import dev.syncline.core.model.Changes;
import dev.syncline.core.model.ContentId;
import dev.syncline.core.model.FilePath;
import dev.syncline.core.model.FileVersion;
import dev.syncline.core.model.Snapshot;
import dev.syncline.core.model.SyncException;
import dev.syncline.core.port.Contents;
import dev.syncline.server.endpoint.sealed.SealedTable.Clear;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.HashSet;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The encrypted files of one link. Clear text passes through memory only; what waits on the disk is
 * sealed. An empty file has nothing to hide and stays empty, so that brakes see what was emptied.
 * Thread-safe.
 */
public final class Vault {

  /** Why a file is left alone. */
  static final String LOCKED =
      "it is encrypted, and the identity here does not open it: let somebody who can read it change"
          + " it, with your recipient among the `recipients`";

  /** What has nothing to hide. */
  static final ContentId EMPTY = ContentId.ofContents(new byte[0]);

  private static final int SMALL = 1 << 20;
  private static final int FEW_LINES = 1_000;

  private final AgeKeys keys;
  private final Predicate<FilePath> paths;
  private final Path sealing;
  private final SealedTable table;

  /**
   * @param paths which files are encrypted, by their paths at the endpoint
   * @param folder of its own, for what it knows
   */
  public Vault(AgeKeys keys, Predicate<FilePath> paths, Path folder) {
    this(keys, paths, folder, FEW_LINES);
  }

  /** One whose table may have so many lines of no use. */
  Vault(AgeKeys keys, Predicate<FilePath> paths, Path folder, int fewLines) {
    this.keys = keys;
    this.paths = paths;
    this.sealing = folder.resolve("sealing");
    try {
      Files.createDirectories(folder);
      Files.deleteIfExists(sealing); // a process that was killed may have left it
    } catch (IOException e) {
      throw new SyncException.Unavailable("can't write in " + folder + ": check the disk", e);
    }
    this.table = new SealedTable(folder.resolve("table"), keys.recipients(), fewLines);
  }

  /**
   * Makes sure that files can be opened.
   *
   * @throws SyncException.Denied if not; the message says what to do
   */
  void mustOpen() {
    keys.mustOpen();
  }

  /** Whether the file at a path is to be encrypted. */
  boolean guards(FilePath path) {
    return paths.test(path);
  }

  /** Whether a version of a file can be an age file. */
  boolean guards(FilePath path, FileVersion version) {
    return version.mode().isFile() && guards(path);
  }

  /**
   * Forgets age files that neither side of the link needs any longer, once there are many.
   *
   * @param base what both sides last agreed on
   * @param seen all that the endpoint holds otherwise, in the clear
   */
  void forgetAllBut(Snapshot base, Changes seen) {
    if (!table.isLong()) {
      return;
    }
    var used = new HashSet<ContentId>();
    base.forEach((path, version) -> {
      if (guards(path, version)) {
        used.add(version.content());
      }
    });
    var texts = new HashSet<ContentId>();
    seen.byPath()
        .forEach((path, change) ->
            change
                .after()
                .filter(version -> guards(path, version))
                .ifPresent(version -> texts.add(version.content())));
    table.keep(used, texts);
  }

  /** Keeps clear contents as an age file, and says what they are called in the clear. */
  ContentId seal(long size, InputStream clear, Contents ledger) throws IOException {
    if (size > SMALL) {
      return sealLarge(size, clear, ledger);
    }
    byte[] all = clear.readNBytes((int) size + 1);
    if (all.length != size) {
      throw new IOException("it gave other than " + size + " bytes");
    }
    ContentId id = ContentId.ofContents(all);
    if (size > 0 && sealed(id, ledger).isEmpty()) {
      table.add(ledger.put(sealAnew(all)), new Clear(id, size));
    } else if (size == 0) {
      ledger.put(all);
    }
    return id;
  }

  /** One at a time: there is one file for it. */
  private synchronized ContentId sealLarge(long size, InputStream clear, Contents ledger)
      throws IOException {
    try {
      MessageDigest hash = ContentId.hashing(size);
      long read;
      try (OutputStream out = keys.sealing(Files.newOutputStream(sealing))) {
        read = new DigestInputStream(clear, hash).transferTo(out);
      }
      if (read != size) {
        throw new IOException("it gave " + read + " bytes, not " + size);
      }
      ContentId id = ContentId.of(hash.digest());
      if (sealed(id, ledger).isEmpty()) {
        try (InputStream in = Files.newInputStream(sealing)) {
          table.add(ledger.put(Files.size(sealing), in), new Clear(id, size));
        }
      }
      return id;
    } finally {
      Files.deleteIfExists(sealing);
    }
  }

  /** The age file of clear contents; not kept. */
  byte[] seal(byte[] clear, Contents ledger) {
    ContentId id = ContentId.ofContents(clear);
    Optional<ContentId> known = sealed(id, ledger);
    if (clear.length == 0 || known.isPresent()) {
      return known.map(ledger::read).orElse(clear);
    }
    byte[] sealed = sealAnew(clear);
    table.add(ContentId.ofContents(sealed), new Clear(id, clear.length));
    return sealed;
  }

  private byte[] sealAnew(byte[] clear) {
    var sealed = new ByteArrayOutputStream();
    try (OutputStream out = keys.sealing(sealed)) {
      out.write(clear);
    } catch (IOException e) {
      throw new UncheckedIOException("memory takes what it is given", e);
    }
    return sealed.toByteArray();
  }

  /** The age file of clear contents, if the ledger has one. */
  Optional<ContentId> sealed(ContentId clear, Contents ledger) {
    return table.sealed(clear).filter(sealed -> isThere(sealed, ledger));
  }

  /**
   * The contents of an encrypted file in the clear. What is no age file is clear already.
   *
   * @return empty if no identity here opens it, or it is damaged
   */
  Optional<Clear> clear(ContentId sealed, Contents ledger) {
    Optional<Clear> known = table.clear(sealed);
    if (known.isPresent()) {
      return known;
    }
    if (!isSealed(sealed, ledger)) {
      return Optional.of(new Clear(sealed, ledger.size(sealed)));
    }
    // Git's id has the length in front, so the clear text is read twice.
    try {
      long size;
      try (InputStream in = open(sealed, ledger)) {
        size = in.transferTo(OutputStream.nullOutputStream());
      }
      MessageDigest hash = ContentId.hashing(size);
      try (InputStream in = new DigestInputStream(open(sealed, ledger), hash)) {
        in.transferTo(OutputStream.nullOutputStream());
      }
      var clear = new Clear(ContentId.of(hash.digest()), size);
      table.add(sealed, clear);
      return Optional.of(clear);
    } catch (IOException | SyncException.Denied _) {
      return Optional.empty();
    }
  }

  /** The clear text of an age file; of what is none, its contents. */
  InputStream open(ContentId sealed, Contents ledger) throws IOException {
    return isSealed(sealed, ledger) ? keys.opening(ledger.open(sealed)) : ledger.open(sealed);
  }

  static boolean isSealed(ContentId content, Contents ledger) {
    try (InputStream in = ledger.open(content)) {
      return AgeKeys.isSealed(in);
    } catch (IOException e) {
      throw new SyncException.Unavailable("contents " + content + " can't be read", e);
    }
  }

  private static boolean isThere(ContentId id, Contents ledger) {
    try {
      return ledger.size(id) >= 0;
    } catch (SyncException.Corrupt _) {
      return false;
    }
  }
}
