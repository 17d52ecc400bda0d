package dev.syncline.server.ledger;

import dev.syncline.core.model.SyncException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.eclipse.jgit.errors.NotSupportedException;
import org.eclipse.jgit.errors.TransportException;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.NullProgressMonitor;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.storage.pack.PackConfig;
import org.eclipse.jgit.transport.BundleWriter;
import org.eclipse.jgit.transport.FetchConnection;
import org.eclipse.jgit.transport.TransportBundleStream;
import org.eclipse.jgit.transport.URIish;

/**
 * A whole ledger as a Git bundle: its history, and all that is Syncline's own. {@code git clone}
 * takes it, too. A ledger of which nothing was ever recorded is an empty file.
 */
public final class LedgerBundle {

  private static final String UNFINISHED = ".restoring";

  private LedgerBundle() {}

  /** Writes a ledger as it is at this moment. */
  static void write(Stored stored, PackedRefs refs, OutputStream out) throws IOException {
    if (refs.byName().isEmpty()) {
      return;
    }
    var bundle = new BundleWriter(stored.repository());
    var config = new PackConfig(stored.repository());
    config.setThreads(1);
    bundle.setPackConfig(config);
    refs.byName().forEach((name, target) -> bundle.include(name, target.id()));
    bundle.writeBundle(NullProgressMonitor.INSTANCE, out);
  }

  /**
   * Makes a ledger from a bundle, wholly or not at all; one that is in the folder already stays as
   * it is.
   *
   * @param folder where it is to be
   * @throws SyncException.Invalid if it is no bundle, or what is in it is damaged
   * @throws IOException if the bundle can't be read
   */
  public static void restore(InputStream bundle, Path folder, LedgerSettings settings)
      throws IOException {
    var in = new BufferedInputStream(bundle);
    in.mark(1);
    if (Files.exists(folder) || in.read() < 0) {
      return;
    }
    in.reset();
    Path unfinished = folder.resolveSibling(UNFINISHED);
    WholeFolder.remove(unfinished);
    // Under its own name, by which it is told whether there is a checkout beside it.
    Path fresh = unfinished.resolve(folder.getFileName());
    GitLedger.open(fresh, settings).close();
    String branch = fetch(in, fresh, settings);
    Durable.write(
        fresh.resolve("HEAD"), ("ref: " + branch + "\n").getBytes(StandardCharsets.US_ASCII));
    // Looks whether it is whole, and makes it durable.
    GitLedger.open(fresh, settings.withBranch(branch.substring(Constants.R_HEADS.length())))
        .close();
    Durable.rename(fresh, folder);
    Durable.names(folder.resolveSibling(""));
    WholeFolder.remove(unfinished);
  }

  /**
   * By hand: a whole fetch of JGit's would tidy up in the background while the folder is moved.
   *
   * @return the branch that has the history
   */
  private static String fetch(InputStream in, Path folder, LedgerSettings settings)
      throws IOException {
    var moves = new TreeMap<String, Optional<ObjectId>>();
    try (var repository = new LedgerRepository(folder);
        var transport = new TransportBundleStream(repository, new URIish("bundle"), in);
        FetchConnection connection = transport.openFetch()) {
      connection.fetch(NullProgressMonitor.INSTANCE, connection.getRefs(), Set.of());
      connection.getRefs().stream()
          .filter(ref -> ref.getName().startsWith(Constants.R_REFS))
          .forEach(ref -> moves.put(ref.getName(), Optional.ofNullable(ref.getObjectId())));
    } catch (TransportException | NotSupportedException e) {
      throw new SyncException.Invalid("the ledger in the backup is damaged: " + e.getMessage(), e);
    } catch (URISyntaxException e) {
      throw new IllegalStateException("a plain word is an address", e);
    }
    String branch =
        moves.containsKey(settings.ref())
            ? settings.ref()
            : moves.keySet().stream()
                .filter(ref -> ref.startsWith(Constants.R_HEADS))
                .findFirst()
                .orElse(settings.ref());
    new RefStore(folder, branch).move(moves);
    return branch;
  }
}
