package dev.syncline.server.forge;

import dev.syncline.core.model.CommitId;
import dev.syncline.core.model.SyncException;
import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A repository as its forge's API knows it.
 *
 * @param kind which API that is
 * @param api where the API is, without a slash at its end
 * @param owner a user or an organisation; on GitLab the group with its subgroups
 * @param name without {@code .git}
 */
public record ForgeRepository(ForgeKind kind, URI api, String owner, String name) {

  private static final Pattern URL =
      Pattern.compile(
          "(https?|ssh)://(?:[^/@]*@)?(\\[[0-9A-Fa-f:.]+]|[^/:@]+)(:[0-9]{1,5})?/+([^?#]+)",
          Pattern.CASE_INSENSITIVE);
  private static final Pattern SCP_LIKE = Pattern.compile("(?:[^/:@]+@)?([^/:@]+):([^:?#]+)");

  public ForgeRepository {
    String host = api.getHost() == null ? "" : api.getHost();
    boolean isHere = host.equals("127.0.0.1") || host.equals("localhost") || host.equals("[::1]");
    if (!"https".equals(api.getScheme()) && !("http".equals(api.getScheme()) && isHere)) {
      throw new SyncException.Invalid(
          "the API of a forge is at an address that begins with https, not at " + api);
    }
    api = URI.create(api.toString().replaceFirst("/+$", ""));
  }

  /**
   * Finds out where a repository's API is.
   *
   * @param url of the repository: {@code https://…}, {@code ssh://…} or {@code user@host:path}
   * @param kind what the host is, if that is said
   * @param api where its API is, if that is said
   * @throws SyncException.Invalid if it is no such address, or which forge it is can't be told
   */
  public static ForgeRepository of(String url, Optional<ForgeKind> kind, Optional<URI> api) {
    Place place = Place.of(url);
    ForgeKind known = kind.or(place::known).orElseThrow(() -> unknown(place.host()));
    int cut = place.path().lastIndexOf('/');
    if (cut <= 0) {
      throw new SyncException.Invalid(
          "the repository's address on " + place.host() + " needs an owner and a name: " + url);
    }
    String above = place.path().substring(0, cut);
    // Where a forge is below a folder of its host, as in https://host/git/owner/name.
    int folder = known == ForgeKind.GITLAB ? -1 : above.lastIndexOf('/');
    String owner = above.substring(folder + 1);
    String below = folder < 0 ? "" : "/" + above.substring(0, folder);
    return new ForgeRepository(
        known,
        api.orElseGet(() -> place.api(known, below)),
        owner,
        place.path().substring(cut + 1));
  }

  /** Owner and name, as people write them. */
  public String path() {
    return owner + "/" + name;
  }

  /** The page that shows a file of a commit. */
  String address(CommitId commit, String file) {
    String folder =
        switch (kind) {
          case GITHUB -> "/blob/";
          case GITLAB -> "/-/blob/";
          case GITEA -> "/src/commit/";
        };
    return web() + "/" + path() + folder + commit.hex() + "/" + Call.part(file);
  }

  /** Where people look at it, as far as the API's address tells. */
  private String web() {
    return api.toString()
        .replaceFirst("^https://api\\.github\\.com$", "https://github.com")
        .replaceFirst("/api(/v[0-9]+)?$", "");
  }

  ForgeRepository called(String newOwner, String newName) {
    return new ForgeRepository(kind, api, newOwner, newName);
  }

  private static SyncException.Invalid unknown(String host) {
    return new SyncException.Invalid(
        "it can't be told from its name which forge "
            + host
            + " is: say so with forge: github, forge: gitlab or forge: gitea (for Forgejo too)");
  }

  /** Where a repository is, as its address says. */
  private record Place(String scheme, String host, String port, String path) {

    static Place of(String url) {
      Matcher full = URL.matcher(url);
      if (full.matches()) {
        String port = full.group(3) == null ? "" : full.group(3);
        return of(full.group(1), full.group(2), port, full.group(4));
      }
      Matcher scp = SCP_LIKE.matcher(url);
      if (scp.matches() && !url.contains("://")) {
        return of("ssh", scp.group(1), "", scp.group(2));
      }
      throw new SyncException.Invalid(
          "pull requests need a repository on a forge: an address such as https://host/owner/name");
    }

    private static Place of(String scheme, String host, String port, String path) {
      String plain = path.replaceFirst("^/+", "").replaceFirst("/+$", "");
      return new Place(
          scheme.toLowerCase(Locale.ROOT),
          host.toLowerCase(Locale.ROOT)
              .replaceFirst("^(ssh|altssh)\\.(git(?:hub|lab)\\.com)$", "$2"),
          port,
          plain.replaceFirst("\\.git$", ""));
    }

    Optional<ForgeKind> known() {
      return switch (host) {
        case "github.com" -> Optional.of(ForgeKind.GITHUB);
        case "gitlab.com" -> Optional.of(ForgeKind.GITLAB);
        case "codeberg.org", "gitea.com" -> Optional.of(ForgeKind.GITEA);
        default -> Optional.empty();
      };
    }

    URI api(ForgeKind kind, String below) {
      // The port of ssh says nothing about the one of https.
      String root = scheme.equals("ssh") ? "https://" + host : scheme + "://" + host + port + below;
      return URI.create(
          switch (kind) {
            case GITHUB -> host.equals("github.com") ? "https://api.github.com" : root + "/api/v3";
            case GITLAB -> root + "/api/v4";
            case GITEA -> root + "/api/v1";
          });
    }
  }
}
