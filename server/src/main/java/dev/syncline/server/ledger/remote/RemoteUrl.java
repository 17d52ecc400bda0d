package dev.syncline.server.ledger.remote;

import dev.syncline.core.model.SyncException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.jgit.transport.URIish;

/**
 * Where a repository is, once it is known to be an address that we speak to and nothing else: no
 * command in disguise, no option, and no secret in it, so that it can be shown as it is.
 *
 * @param scheme how it is spoken to
 * @param text as it was written
 * @param host in lower case; empty for a folder of this machine
 * @param port as written; -1 if the scheme's own
 * @param path on the host, or the folder
 */
public record RemoteUrl(Scheme scheme, String text, String host, int port, String path) {

  /** How a host is spoken to. */
  public enum Scheme {
    HTTPS,
    HTTP,
    SSH,
    FOLDER
  }

  /** What is allowed beyond https and ssh. */
  public enum Allowed {
    /** Repositories in folders of this machine. */
    FOLDERS,
    /** http to other hosts than this machine: whoever listens reads everything, the token too. */
    PLAIN_HTTP
  }

  private static final int MAX_LENGTH = 2_000;
  private static final Pattern HELPER = Pattern.compile("[A-Za-z0-9+.-]+::.*");
  private static final Pattern WITH_SCHEME =
      Pattern.compile("([A-Za-z][A-Za-z0-9+.-]*)://([^/]*)(/.*)?");
  private static final Pattern SCP_LIKE = Pattern.compile("([^/:@]+)@([^/:@\\[\\]]+):([^:].*)");
  private static final Pattern AUTHORITY = Pattern.compile("(?:(.*)@)?(.*?)(?::([0-9]{1,5}))?");
  private static final Pattern HOST =
      Pattern.compile("[A-Za-z0-9](?:[A-Za-z0-9._-]{0,251}[A-Za-z0-9])?|\\[[0-9A-Fa-f:.]{2,45}]");
  private static final Pattern USER = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._-]{0,63}");
  private static final Pattern WINDOWS_DRIVE = Pattern.compile("[A-Za-z]:[/\\\\].*");
  private static final Pattern HIDDEN_CONTROL = Pattern.compile(".*%(?:[01][0-9A-Fa-f]|7[Ff]).*");
  private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

  /**
   * Reads an address: {@code https://…}, {@code ssh://user@…}, {@code user@host:path}, and where
   * allowed {@code http://…}, {@code file:///…} and an absolute path.
   *
   * @throws SyncException.Invalid if it is anything else; the message never repeats a secret
   */
  public static RemoteUrl parse(String text, Set<Allowed> allowed) {
    if (text.isBlank() || text.length() > MAX_LENGTH) {
      throw new SyncException.Invalid(
          "a repository's address has 1 to " + MAX_LENGTH + " characters");
    }
    if (text.chars().anyMatch(c -> c <= ' ' || c == 0x7F)
        || HIDDEN_CONTROL.matcher(text).matches()) {
      throw new SyncException.Invalid(
          "a repository's address must not have blanks or control characters in it");
    }
    if (text.startsWith("-")) {
      throw new SyncException.Invalid("a repository's address must not begin with -");
    }
    if (HELPER.matcher(text).matches()) {
      throw new SyncException.Invalid(
          "an address with :: would run a command: use https:// or ssh://");
    }
    Matcher url = WITH_SCHEME.matcher(text);
    if (url.matches()) {
      String path = url.group(3) == null ? "" : url.group(3);
      return ofUrl(text, url.group(1).toLowerCase(Locale.ROOT), url.group(2), path, allowed);
    }
    if (text.startsWith("/") || WINDOWS_DRIVE.matcher(text).matches()) {
      return ofFolder(text, text, allowed);
    }
    Matcher scp = SCP_LIKE.matcher(text);
    if (scp.matches()) {
      return ofSsh(text, new Place(scp.group(1), scp.group(2), -1, scp.group(3)));
    }
    throw new SyncException.Invalid(
        "not the address of a repository: it needs to look like https://host/path.git,"
            + " ssh://git@host/path.git or git@host:path.git");
  }

  /** For messages and logs. */
  public String safeName() {
    return text;
  }

  /** The host with the port if there is one. */
  public String hostAndPort() {
    return port < 0 ? host : host + ":" + port;
  }

  /** The last part of the path, without {@code .git}: what hosts call the repository. */
  public String repository() {
    String last = path.substring(path.lastIndexOf('/') + 1);
    return last.endsWith(".git") ? last.substring(0, last.length() - ".git".length()) : last;
  }

  boolean isHttp() {
    return scheme == Scheme.HTTPS || scheme == Scheme.HTTP;
  }

  /** As JGit wants it. */
  URIish forJgit() {
    try {
      return new URIish(text);
    } catch (URISyntaxException e) {
      throw new SyncException.Invalid("\"" + text + "\" is not a repository's address", e);
    }
  }

  @Override
  public String toString() {
    return text;
  }

  private static RemoteUrl ofUrl(
      String text, String scheme, String authority, String path, Set<Allowed> allowed) {
    if (scheme.equals("file")) {
      if (!authority.isEmpty() && !authority.equals("localhost")) {
        throw new SyncException.Invalid("file:// reaches folders of this machine only");
      }
      return ofFolder(text, decoded(text), allowed);
    }
    var place = Place.of(authority, path);
    return switch (scheme) {
      case "https" -> ofHttp(text, Scheme.HTTPS, place);
      case "http" -> ofPlainHttp(text, place, allowed);
      case "ssh" -> ofSsh(text, place);
      default ->
          throw new SyncException.Invalid(
              "repositories are reached by https:// or ssh://, not by " + scheme + "://");
    };
  }

  private static RemoteUrl ofPlainHttp(String text, Place place, Set<Allowed> allowed) {
    RemoteUrl url = ofHttp(text, Scheme.HTTP, place);
    if (!LOOPBACK.contains(url.host()) && !allowed.contains(Allowed.PLAIN_HTTP)) {
      throw new SyncException.Invalid(
          "http:// would show everything to whoever listens: use https://" + url.host());
    }
    return url;
  }

  private static RemoteUrl ofHttp(String text, Scheme scheme, Place place) {
    if (!place.user().isEmpty()) {
      throw new SyncException.Invalid(
          "the address of a repository must not have a name or password in it, since addresses are"
              + " shown: take them out, and put the token into the link's credentials");
    }
    if (place.path().indexOf('?') >= 0 || place.path().indexOf('#') >= 0) {
      throw new SyncException.Invalid("a repository's address has no ? or # in it");
    }
    place.check();
    return new RemoteUrl(scheme, text, place.hostName(), place.port(), place.path());
  }

  private static RemoteUrl ofSsh(String text, Place place) {
    if (place.user().indexOf(':') >= 0) {
      throw new SyncException.Invalid(
          "the address of a repository must not have a password in it, since addresses are shown:"
              + " take it out, and put a key into the link's credentials");
    }
    place.check();
    if (place.user().isEmpty()) {
      throw new SyncException.Invalid(
          "an ssh address names the user, as in ssh://git@" + place.host() + place.path());
    }
    if (!USER.matcher(place.user()).matches()) {
      throw new SyncException.Invalid("the user in an ssh address is of letters, digits and . _ -");
    }
    return new RemoteUrl(Scheme.SSH, text, place.hostName(), place.port(), place.path());
  }

  private static RemoteUrl ofFolder(String text, String folder, Set<Allowed> allowed) {
    if (!allowed.contains(Allowed.FOLDERS)) {
      throw new SyncException.Invalid(
          "\"" + text + "\" is a folder of this machine, and links to such are not allowed here");
    }
    return new RemoteUrl(Scheme.FOLDER, text, "", -1, folder);
  }

  private static String decoded(String text) {
    try {
      return Path.of(new URI(text.replaceFirst("(?i)^file://localhost/", "file:///"))).toString();
    } catch (URISyntaxException | IllegalArgumentException e) {
      throw new SyncException.Invalid("\"" + text + "\" is not the address of a folder", e);
    }
  }

  /** An address that is not a folder's, in its parts, not yet looked at. */
  private record Place(String user, String host, int port, String path) {

    static Place of(String authority, String path) {
      Matcher parts = AUTHORITY.matcher(authority);
      if (!parts.matches()) {
        throw new SyncException.Invalid("the address of a repository has no readable host in it");
      }
      String user = parts.group(1) == null ? "" : parts.group(1);
      int port = parts.group(3) == null ? -1 : Integer.parseInt(parts.group(3));
      return new Place(user, parts.group(2), port, path);
    }

    void check() {
      if (!HOST.matcher(host).matches()) {
        throw new SyncException.Invalid("the address of a repository has no readable host in it");
      }
      if (port == 0 || port > 65_535) {
        throw new SyncException.Invalid("a port is a number from 1 to 65535");
      }
      if (path.startsWith("-") || path.replace("/", "").isEmpty()) {
        throw new SyncException.Invalid("the address lacks the repository's path on " + host);
      }
    }

    String hostName() {
      return host.toLowerCase(Locale.ROOT);
    }
  }
}
