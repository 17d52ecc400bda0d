package dev.syncline.server.ledger.remote;

import dev.syncline.core.model.SyncException;
import java.io.IOException;
import java.net.Proxy;
import java.net.URL;
import org.eclipse.jgit.transport.http.HttpConnection;
import org.eclipse.jgit.transport.http.HttpConnectionFactory;
import org.eclipse.jgit.transport.http.JDKHttpConnection;

/**
 * The connections of one talk with one host over http: never to another host, whatever the host
 * says, and each answer that is no answer becomes the failure that it is. Confined to the thread
 * that talks.
 */
final class GuardedHttp implements HttpConnectionFactory {

  private final RemoteUrl remote;
  private final HttpVerdict verdict;
  private final RemoteLimits limits;

  GuardedHttp(RemoteUrl remote, HttpVerdict verdict, RemoteLimits limits) {
    this.remote = remote;
    this.verdict = verdict;
    this.limits = limits;
  }

  @Override
  public HttpConnection create(URL url) throws IOException {
    return create(url, Proxy.NO_PROXY);
  }

  @Override
  public HttpConnection create(URL url, Proxy proxy) throws IOException {
    String scheme = remote.scheme() == RemoteUrl.Scheme.HTTPS ? "https" : "http";
    if (!url.getProtocol().equals(scheme)
        || !url.getHost().equalsIgnoreCase(remote.host())
        || url.getPort() != remote.port()) {
      String there = url.getProtocol() + "://" + url.getAuthority();
      throw new SyncException.Invalid(
          remote + " sends us on to " + there + ": if you trust it, use the address there");
    }
    return new Connection(url, proxy);
  }

  private final class Connection extends JDKHttpConnection {

    Connection(URL url, Proxy proxy) throws IOException {
      super(url, proxy);
    }

    @Override
    public void setConnectTimeout(int ignored) {
      super.setConnectTimeout(Math.toIntExact(limits.connect().toMillis()));
    }

    @Override
    public void setReadTimeout(int ignored) {
      super.setReadTimeout(Math.toIntExact(limits.silence().toMillis()));
    }

    @Override
    public int getResponseCode() throws IOException {
      int status = super.getResponseCode();
      verdict.check(status, this);
      return status;
    }
  }
}
