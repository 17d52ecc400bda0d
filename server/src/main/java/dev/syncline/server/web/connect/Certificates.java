package dev.syncline.server.web.connect;

import dev.syncline.core.model.SyncException;
import dev.syncline.server.config.ServerSettings;
import java.util.Arrays;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves HTTPS from PEM files, and takes new ones when they change: a renewal needs no restart.
 * Connections that are open keep the certificate they began with. Thread-safe.
 */
public final class Certificates {

  private static final Logger LOG = LoggerFactory.getLogger(Certificates.class);

  private final ServerSettings.Tls files;
  private final SslContextFactory.Server contexts = new SslContextFactory.Server();
  private byte[] certificate;
  private byte[] key;

  /**
   * @throws SyncException.Invalid if the files can't be used
   */
  public Certificates(ServerSettings.Tls files) {
    this.files = files;
    this.certificate = PemKeyStore.read(files.certificate());
    this.key = PemKeyStore.read(files.key());
    contexts.setKeyStore(PemKeyStore.of(files, certificate, key));
    contexts.setKeyStorePassword("");
  }

  /** For the connector. */
  public SslContextFactory.Server contexts() {
    return contexts;
  }

  /**
   * Looks at the files, and serves them from now on if they changed. Files that can't be used, such
   * as a new certificate beside the old key, are reported, and the old pair stays until they can.
   */
  public synchronized void reload() {
    try {
      byte[] newCertificate = PemKeyStore.read(files.certificate());
      byte[] newKey = PemKeyStore.read(files.key());
      // By content: a link to a new folder, as Kubernetes swaps them, may carry any time stamp.
      if (Arrays.equals(certificate, newCertificate) && Arrays.equals(key, newKey)) {
        return;
      }
      var store = PemKeyStore.of(files, newCertificate, newKey);
      contexts.reload(factory -> factory.setKeyStore(store));
      certificate = newCertificate;
      key = newKey;
      LOG.atInfo().addKeyValue("file", files.certificate()).log("serving a new certificate");
    } catch (Exception e) {
      LOG.atWarn()
          .addKeyValue("reason", e.getMessage())
          .log("the changed certificate can't be used; the one before stays");
    }
  }
}
