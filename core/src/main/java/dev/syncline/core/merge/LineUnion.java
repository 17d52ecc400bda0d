package dev.syncline.core.merge;

import dev.syncline.core.merge.Lines.Compared;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Optional;

/**
 * Merges logs and lists, in which every line stands for itself: what either side added is kept,
 * ours first and nothing twice, and what either side deleted is gone. Never clashes. Pure; callable
 * from any thread.
 */
public final class LineUnion {

  private final ThreeTexts texts;
  private final byte[] ending;
  private final Changed ours;
  private final Changed theirs;

  /** Numbers of the lines that ours added. */
  private final BitSet addedByOurs = new BitSet();

  private final ByteArrayOutputStream merged = new ByteArrayOutputStream();
  private boolean inLine;

  private LineUnion(ThreeTexts texts, byte[] ending) {
    this.texts = texts;
    this.ending = ending;
    this.ours = Changed.of(texts.base(), texts.ours());
    this.theirs = Changed.of(texts.base(), texts.theirs());
    ours.added().stream().forEach(line -> addedByOurs.set(texts.ours().id(line)));
  }

  /**
   * Merges; empty if a version is no text, or too many lines differ.
   *
   * @param base empty contents if both sides added the file
   */
  public static Optional<byte[]> merge(byte[] base, byte[] ours, byte[] theirs) {
    if (Arrays.equals(ours, theirs) || Arrays.equals(theirs, base)) {
      return Optional.of(ours);
    }
    if (Arrays.equals(ours, base)) {
      return Optional.of(theirs);
    }
    if (Text.refusal(base, ours, theirs).isPresent()) {
      return Optional.empty();
    }
    return ThreeTexts.of(base, ours, theirs, Compared.WITHOUT_TERMINATOR)
        .map(texts -> new LineUnion(texts, Lines.ending(ours, theirs, base)).merged());
  }

  private byte[] merged() {
    byte[] text = texts.ours().text();
    write(text, 0, texts.head());
    Regions.of(texts, ours.hunks(), theirs.hunks()).forEach(this::write);
    write(text, text.length - texts.tail(), text.length);
    return merged.toByteArray();
  }

  private void write(Region region) {
    switch (region.by()) {
      case NOBODY -> writeUnchanged(region);
      case OURS, BOTH_ALIKE -> writeAll(texts.ours(), region.ours());
      case THEIRS -> writeNewOfTheirs(region);
      case BOTH -> {
        writeOursWithoutDeleted(region);
        writeNewOfTheirs(region);
      }
    }
  }

  /** Equal but for their terminators: that of the side which changed it is taken. */
  private void writeUnchanged(Region region) {
    for (int i = 0; i < region.base().length(); i++) {
      int line = region.ours().from() + i;
      boolean changed = !texts.ours().hasSameBytes(line, texts.base(), region.base().from() + i);
      if (changed) {
        write(texts.ours(), line);
      } else {
        write(texts.theirs(), region.theirs().from() + i);
      }
    }
  }

  private void writeAll(Lines lines, Span span) {
    for (int line = span.from(); line < span.to(); line++) {
      write(lines, line);
    }
  }

  private void writeOursWithoutDeleted(Region region) {
    int base = region.base().from();
    for (int line = region.ours().from(); line < region.ours().to(); line++) {
      if (ours.added().get(line)) {
        write(texts.ours(), line);
      } else {
        base = ours.deleted().nextClearBit(base);
        if (!theirs.deleted().get(base)) {
          write(texts.ours(), line);
        }
        base++;
      }
    }
  }

  /** A blank line says nothing by itself: it comes with what is new, and not without. */
  private void writeNewOfTheirs(Region region) {
    var fresh = new BitSet();
    boolean anyNew = false;
    Span span = region.theirs();
    BitSet added = theirs.added();
    for (int line = added.nextSetBit(span.from());
        line >= 0 && line < span.to();
        line = added.nextSetBit(line + 1)) {
      boolean blank = texts.theirs().isBlank(line);
      boolean isNew = !addedByOurs.get(texts.theirs().id(line));
      fresh.set(line, blank || isNew);
      anyNew |= isNew;
    }
    if (anyNew) {
      fresh.stream().forEach(line -> write(texts.theirs(), line));
    }
  }

  private void write(Lines lines, int line) {
    write(lines.text(), lines.start(line), lines.start(line + 1));
  }

  private void write(byte[] text, int from, int to) {
    if (to == from) {
      return;
    }
    if (inLine) {
      merged.writeBytes(ending);
    }
    merged.write(text, from, to - from);
    inLine = text[to - 1] != '\n';
  }
}
