package dev.syncline.server.ledger;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.errors.CorruptObjectException;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;

/**
 * Git's form of a tree: for each entry its mode in octal, a space, its name, NUL, 20 bytes of id.
 */
final class TreeText {

  private TreeText() {}

  /** All entries, in the order in which they are written. */
  static List<TreeEntry> parse(byte[] raw) throws CorruptObjectException {
    var entries = new ArrayList<TreeEntry>();
    for (var cursor = new Cursor(raw); cursor.next(); ) {
      entries.add(cursor.entry());
    }
    return entries;
  }

  /** The entry whose name is a part of {@code path}, without making an object of any other. */
  static Optional<TreeEntry> find(byte[] raw, byte[] path, int from, int to)
      throws CorruptObjectException {
    for (var cursor = new Cursor(raw); cursor.next(); ) {
      if (Arrays.equals(raw, cursor.name, cursor.end, path, from, to)) {
        return Optional.of(cursor.entry());
      }
    }
    return Optional.empty();
  }

  /** Goes from entry to entry. */
  private static final class Cursor {
    private final byte[] raw;
    private int bits;
    private int name;
    private int end;
    private int next;

    Cursor(byte[] raw) {
      this.raw = raw;
    }

    boolean next() throws CorruptObjectException {
      if (next == raw.length) {
        return false;
      }
      int at = next;
      bits = 0;
      while (at < raw.length && raw[at] != ' ') {
        int digit = raw[at++] - '0';
        if (digit < 0 || digit > 7 || bits > 0xFFFF) {
          throw new CorruptObjectException("a tree has a mode that is none");
        }
        bits = bits * 8 + digit;
      }
      name = ++at;
      while (at < raw.length && raw[at] != 0) {
        at++;
      }
      end = at;
      next = at + 1 + Constants.OBJECT_ID_LENGTH;
      if (next > raw.length) {
        throw new CorruptObjectException("a tree ends in the middle of an entry");
      }
      return true;
    }

    TreeEntry entry() {
      return new TreeEntry(
          new String(raw, name, end - name, StandardCharsets.ISO_8859_1),
          bits,
          ObjectId.fromRaw(raw, end + 1));
    }
  }

  /** Of entries in Git's order. */
  static byte[] format(List<TreeEntry> entries) {
    int size = 0;
    for (TreeEntry entry : entries) {
      size += digits(entry.bits()) + entry.name().length() + 2 + Constants.OBJECT_ID_LENGTH;
    }
    byte[] raw = new byte[size];
    int at = 0;
    for (TreeEntry entry : entries) {
      for (int shift = 3 * (digits(entry.bits()) - 1); shift >= 0; shift -= 3) {
        raw[at++] = (byte) ('0' + ((entry.bits() >> shift) & 7));
      }
      raw[at++] = ' ';
      String name = entry.name();
      for (int i = 0; i < name.length(); i++) {
        raw[at++] = (byte) name.charAt(i);
      }
      at++;
      entry.id().copyRawTo(raw, at);
      at += Constants.OBJECT_ID_LENGTH;
    }
    return raw;
  }

  /** How many octal digits a mode has. */
  private static int digits(int bits) {
    return Math.max(1, (Integer.SIZE - Integer.numberOfLeadingZeros(bits) + 2) / 3);
  }
}
