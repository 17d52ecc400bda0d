package dev.syncline.core.flow;

import dev.syncline.core.model.ContentId;
import dev.syncline.core.model.FilePath;
import dev.syncline.core.model.PathMapping;
import dev.syncline.core.port.Contents;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.DigestInputStream;

/**
 * Keeps nothing of files that a link doesn't see: an endpoint knows nothing of mappings, and shows
 * all that it holds.
 */
record InSight(Contents ledger, PathMapping mapping) implements Contents {

  static Contents of(Contents ledger, PathMapping mapping) {
    return mapping.isWhole() ? ledger : new InSight(ledger, mapping);
  }

  @Override
  public InputStream open(ContentId id) {
    return ledger.open(id);
  }

  @Override
  public long size(ContentId id) {
    return ledger.size(id);
  }

  @Override
  public ContentId put(long size, InputStream in) throws IOException {
    return ledger.put(size, in);
  }

  @Override
  public ContentId put(FilePath path, long size, InputStream in) throws IOException {
    if (mapping.toLedger(path).isPresent()) {
      return ledger.put(path, size, in);
    }
    var hashed = new DigestInputStream(in, ContentId.hashing(size));
    long read = hashed.transferTo(OutputStream.nullOutputStream());
    if (read != size) {
      throw new IOException("it gave " + read + " bytes, not " + size);
    }
    return ContentId.of(hashed.getMessageDigest().digest());
  }
}
