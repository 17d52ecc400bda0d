package dev.syncline.server.document.store.sql;

import dev.syncline.core.model.DocumentId;
import java.util.zip.CRC32C;

/** Tells whether a chunk is what was written, and belongs to its document. */
final class Checksum {

  private Checksum() {}

  static int of(DocumentId document, byte[] chunk) {
    var crc = new CRC32C();
    crc.update(document.bytes());
    crc.update(chunk);
    return (int) crc.getValue();
  }
}
