package dev.syncline.core.merge;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * Merges two changes of a text by line, as {@code diff3} and Git do. Lines are bytes up to a line
 * feed, so that any encoding passes, and a last line without one is a line. Pure; callable from any
 * thread; takes some seconds for the largest and worst contents.
 */
public final class LineMerge {

  private final ThreeTexts texts;
  private final MarkerLabels labels;
  private final byte[] ending;
  private final ByteArrayOutputStream merged;
  private int clashes;

  private LineMerge(ThreeTexts texts, MarkerLabels labels, byte[] ending, int size) {
    this.texts = texts;
    this.labels = labels;
    this.ending = ending;
    this.merged = new ByteArrayOutputStream(size);
  }

  /**
   * Merges. Changes that overlap or touch clash, unless they are the same.
   *
   * @param base empty if both sides added the file
   */
  public static LineOutcome merge(byte[] base, byte[] ours, byte[] theirs, MarkerLabels labels) {
    if (Arrays.equals(ours, theirs) || Arrays.equals(theirs, base)) {
      return new LineOutcome.Clean(ours);
    }
    if (Arrays.equals(ours, base)) {
      return new LineOutcome.Clean(theirs);
    }
    Optional<String> refusal = Text.refusal(base, ours, theirs);
    if (refusal.isPresent()) {
      return new LineOutcome.NotByLine(refusal.get());
    }
    byte[] ending = Lines.ending(ours, theirs, base);
    return ThreeTexts.of(base, ours, theirs, Lines.Compared.ALL_BYTES)
        .map(texts -> new LineMerge(texts, labels, ending, ours.length + 1024).outcome())
        .orElseGet(() -> new LineOutcome.NotByLine("too many lines differ"));
  }

  private LineOutcome outcome() {
    byte[] ours = texts.ours().text();
    merged.write(ours, 0, texts.head());
    var oursHunks = LineDiff.between(texts.base(), texts.ours());
    var theirsHunks = LineDiff.between(texts.base(), texts.theirs());
    Regions.of(texts, oursHunks, theirsHunks).forEach(this::write);
    merged.write(ours, ours.length - texts.tail(), texts.tail());
    return clashes == 0
        ? new LineOutcome.Clean(merged.toByteArray())
        : new LineOutcome.Clash(merged.toByteArray(), clashes);
  }

  private void write(Region region) {
    switch (region.by()) {
      case NOBODY, OURS, BOTH_ALIKE -> write(texts.ours(), region.ours());
      case THEIRS -> write(texts.theirs(), region.theirs());
      case BOTH -> writeClash(region);
    }
  }

  private void writeClash(Region region) {
    clashes++;
    marker("<<<<<<< " + labels.ours());
    writeTerminated(texts.ours(), region.ours());
    marker("||||||| " + labels.base());
    writeTerminated(texts.base(), region.base());
    marker("=======");
    writeTerminated(texts.theirs(), region.theirs());
    marker(">>>>>>> " + labels.theirs());
  }

  private void write(Lines lines, Span span) {
    int from = lines.start(span.from());
    merged.write(lines.text(), from, lines.start(span.to()) - from);
  }

  private void writeTerminated(Lines lines, Span span) {
    write(lines, span);
    int end = lines.start(span.to());
    if (span.length() > 0 && lines.text()[end - 1] != '\n') {
      merged.writeBytes(ending);
    }
  }

  private void marker(String marker) {
    merged.writeBytes(marker.getBytes(StandardCharsets.UTF_8));
    merged.writeBytes(ending);
  }
}
