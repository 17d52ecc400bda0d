package dev.syncline.server.document.automerge;

import java.util.Arrays;

/** A small map from change indexes to colours; 0 where nothing was set. Confined to one thread. */
final class IntPaint {

  private int[] keys = new int[16];
  private byte[] colours = new byte[16];
  private int size;

  int get(int key) {
    return colours[slot(keys, colours, key)];
  }

  void set(int key, int colour) {
    int slot = slot(keys, colours, key);
    if (colours[slot] == 0) {
      size++;
    }
    keys[slot] = key;
    colours[slot] = (byte) colour;
    if (size * 2 > keys.length) {
      grow();
    }
  }

  private void grow() {
    int[] oldKeys = keys;
    byte[] oldColours = colours;
    keys = new int[oldKeys.length * 2];
    colours = Arrays.copyOf(new byte[0], oldColours.length * 2);
    for (int i = 0; i < oldKeys.length; i++) {
      if (oldColours[i] != 0) {
        int slot = slot(keys, colours, oldKeys[i]);
        keys[slot] = oldKeys[i];
        colours[slot] = oldColours[i];
      }
    }
  }

  private static int slot(int[] keys, byte[] colours, int key) {
    int mask = keys.length - 1;
    int slot = ((key * 0x9E3779B9) >>> 8) & mask;
    while (colours[slot] != 0 && keys[slot] != key) {
      slot = (slot + 1) & mask;
    }
    return slot;
  }
}
