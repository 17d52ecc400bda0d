package dev.syncline.server.ledger;

import dev.syncline.core.model.SyncException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.eclipse.jgit.errors.CorruptObjectException;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.errors.PackProtocolException;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectIdRef;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.SymbolicRef;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.storage.pack.PackConfig;
import org.eclipse.jgit.transport.PacketLineOut;
import org.eclipse.jgit.transport.RefAdvertiser.PacketLineOutRefAdvertiser;
import org.eclipse.jgit.transport.UploadPack;
import org.eclipse.jgit.transport.UploadPackInternalServerErrorException;

/**
 * Gives Git clients a ledger's history, as gitprotocol-http(5) says: {@code git clone} and {@code
 * git fetch}. They see the ledger's branch and nothing that is Syncline's own. Thread-safe; a
 * client sees one durable state of the ledger.
 */
public final class Uploads {

  private static final String SERVICE = "git-upload-pack";

  private final Stored stored;
  private final Committer committer;
  private final String branch;

  /**
   * @param branch the whole name of the ledger's branch
   */
  Uploads(Stored stored, Committer committer, String branch) {
    this.stored = stored;
    this.committer = committer;
    this.branch = branch;
  }

  /**
   * The answer to {@code GET info/refs?service=git-upload-pack}.
   *
   * @param protocol what the client's header Git-Protocol says, in parts
   */
  public void advertise(List<String> protocol, OutputStream out) throws IOException {
    try (UploadPack pack = begin(protocol);
        RevWalk _ = pack.getRevWalk()) {
      pack.sendAdvertisedRefs(new PacketLineOutRefAdvertiser(new PacketLineOut(out)), SERVICE);
    }
  }

  /**
   * The answer to {@code POST git-upload-pack}. What a client asks wrongly is told to it, and is no
   * failure.
   *
   * @param protocol what the client's header Git-Protocol says, in parts
   * @throws SyncException.Corrupt if part of the history is missing or damaged
   * @throws IOException if the request can't be read, or the answer not be written to its end
   */
  public void upload(List<String> protocol, InputStream request, OutputStream out)
      throws IOException {
    try (UploadPack pack = begin(protocol)) {
      pack.upload(request, out, null);
    } catch (UploadPackInternalServerErrorException e) {
      switch (e.getCause()) {
        case PackProtocolException _ -> {}
        case MissingObjectException lost ->
            throw GitFailure.reading(stored.path(), "what a client fetches", lost);
        case CorruptObjectException damaged ->
            throw GitFailure.reading(stored.path(), "what a client fetches", damaged);
        case IOException cut -> throw cut;
        case RuntimeException bug -> throw bug;
        case null, default -> throw e;
      }
    }
  }

  private UploadPack begin(List<String> protocol) {
    var pack = new UploadPack(stored.repository());
    pack.setBiDirectionalPipe(false);
    pack.setExtraParameters(protocol);
    pack.setAdvertisedRefs(refs());
    // Who may read a ledger may read all of it. So nothing has to be searched to find out whether
    // what a client wants is part of the history, and a client whose view is a moment old gets it.
    pack.setRequestPolicy(UploadPack.RequestPolicy.ANY);
    var config = new PackConfig(stored.repository());
    config.setThreads(1);
    pack.setPackConfig(config);
    return pack;
  }

  private Map<String, Ref> refs() {
    var refs = new TreeMap<String, Ref>();
    committer
        .state()
        .head()
        .ifPresent(head -> {
          Ref tip = new ObjectIdRef.PeeledNonTag(Ref.Storage.PACKED, branch, head);
          refs.put(branch, tip);
          refs.put(Constants.HEAD, new SymbolicRef(Constants.HEAD, tip));
        });
    return refs;
  }
}
