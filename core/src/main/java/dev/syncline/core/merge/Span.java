package dev.syncline.core.merge;

/** Some lines in a row: from the first to before the last. */
record Span(int from, int to) {

  int length() {
    return to - from;
  }
}
