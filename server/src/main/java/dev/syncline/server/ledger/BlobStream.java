package dev.syncline.server.ledger;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;

/** Stored contents, with the reader that is needed for them. For one thread. */
final class BlobStream extends FilterInputStream {

  private final ObjectReader reader;

  private BlobStream(InputStream in, ObjectReader reader) {
    super(in);
    this.reader = reader;
  }

  static BlobStream open(Stored stored, ObjectId id) throws IOException {
    ObjectReader reader = stored.reader();
    boolean opened = false;
    try {
      var stream = new BlobStream(reader.open(id, Constants.OBJ_BLOB).openStream(), reader);
      opened = true;
      return stream;
    } finally {
      if (!opened) {
        reader.close();
      }
    }
  }

  @Override
  public void close() throws IOException {
    try {
      super.close();
    } finally {
      reader.close();
    }
  }
}
