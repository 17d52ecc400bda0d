package dev.syncline.server.endpoint.sealed;

import dev.syncline.core.model.ContentId;
import dev.syncline.core.model.FilePath;
import dev.syncline.core.model.SyncException;
import dev.syncline.core.port.Contents;
import dev.syncline.server.endpoint.sealed.SealedTable.Clear;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.Optional;

/**
 * The ledger's contents as an endpoint sees them: clear. What it puts is sealed before the ledger
 * gets it.
 *
 * @param sealed the age files that it may open, by what is in them
 */
record SealingContents(Contents ledger, Vault vault, Map<ContentId, ContentId> sealed)
    implements Contents {

  @Override
  public InputStream open(ContentId id) {
    ContentId inLedger = sealed.getOrDefault(id, id);
    if (inLedger.equals(id)) {
      return ledger.open(id);
    }
    try {
      return vault.open(inLedger, ledger);
    } catch (IOException e) {
      throw new SyncException.Unavailable("an age file can't be opened: " + e.getMessage(), e);
    }
  }

  @Override
  public long size(ContentId id) {
    return Optional.ofNullable(sealed.get(id))
        .flatMap(inLedger -> vault.clear(inLedger, ledger))
        .map(Clear::size)
        .orElseGet(() -> ledger.size(id));
  }

  @Override
  public ContentId put(long size, InputStream in) throws IOException {
    return ledger.put(size, in);
  }

  @Override
  public ContentId put(FilePath path, long size, InputStream in) throws IOException {
    return vault.guards(path) ? vault.seal(size, in, ledger) : ledger.put(path, size, in);
  }
}
