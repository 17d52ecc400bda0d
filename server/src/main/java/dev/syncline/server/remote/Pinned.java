package dev.syncline.server.remote;

import dev.syncline.core.model.SyncException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Accepts one certificate and no other, whatever name it carries: for commands on the server's own
 * machine, which reach it as 127.0.0.1 while its certificate says sync.example.org. Thread-safe.
 */
final class Pinned extends X509ExtendedTrustManager {

  private final Certificate only;

  private Pinned(Certificate only) {
    this.only = only;
  }

  /**
   * Reads the first certificate of a PEM file.
   *
   * @throws SyncException.Invalid if there is none
   */
  static SSLContext context(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      Certificate only = CertificateFactory.getInstance("X.509").generateCertificate(in);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, new TrustManager[] {new Pinned(only)}, null);
      return context;
    } catch (IOException | GeneralSecurityException e) {
      throw new SyncException.Invalid(
          "can't read the certificate " + file + ": " + e.getMessage(), e);
    }
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType)
      throws CertificateException {
    // The handshake proves that the other side has the key to this certificate.
    if (chain.length == 0 || !chain[0].equals(only)) {
      throw new CertificateException("the server shows another certificate than expected");
    }
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
      throws CertificateException {
    checkServerTrusted(chain, authType);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
      throws CertificateException {
    checkServerTrusted(chain, authType);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType)
      throws CertificateException {
    throw new CertificateException("this is no server");
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
      throws CertificateException {
    checkClientTrusted(chain, authType);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
      throws CertificateException {
    checkClientTrusted(chain, authType);
  }

  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return new X509Certificate[0];
  }
}
