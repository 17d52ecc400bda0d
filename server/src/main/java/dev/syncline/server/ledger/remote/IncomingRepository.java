package dev.syncline.server.ledger.remote;

import java.io.IOException;
import java.io.InputStream;
import org.eclipse.jgit.internal.storage.file.FileRepository;
import org.eclipse.jgit.lib.BaseRepositoryBuilder;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.transport.PackParser;

/**
 * A repository that bounds what is sent to it, whatever it is sent over, and knows afterwards
 * whether a pack failed because it ended too early. Confined to the thread that fetches.
 */
final class IncomingRepository extends FileRepository {

  private final RemoteLimits limits;
  private PackStream pack;

  IncomingRepository(BaseRepositoryBuilder<?, ?> options, RemoteLimits limits) throws IOException {
    super(options);
    this.limits = limits;
    this.pack = new PackStream(InputStream.nullInputStream(), limits.packBytes());
  }

  /** The last pack that was read. */
  PackStream pack() {
    return pack;
  }

  @Override
  public ObjectInserter newObjectInserter() {
    ObjectInserter plain = super.newObjectInserter();
    return new ObjectInserter.Filter() {
      @Override
      protected ObjectInserter delegate() {
        return plain;
      }

      @Override
      public PackParser newPackParser(InputStream in) throws IOException {
        pack = new PackStream(in, limits.packBytes());
        PackParser parser = super.newPackParser(pack);
        parser.setMaxObjectSizeLimit(limits.objectBytes());
        return parser;
      }
    };
  }
}
