package dev.syncline.server.document.store.file;

import dev.syncline.core.model.DocumentId;

/**
 * What a record belongs to. It is not stored, but part of the record's checksum together with the
 * record's offset: a copy of a record elsewhere, such as a store's file kept inside a chunk, is
 * never taken for one.
 */
record Binding(long high, long low) {

  static Binding to(DocumentId document) {
    return new Binding(document.high(), document.low());
  }

  static Binding toSegment(long number) {
    return new Binding(0x6c6f_6700_0000_0001L, number);
  }
}
