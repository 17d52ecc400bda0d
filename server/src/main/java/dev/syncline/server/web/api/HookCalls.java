package dev.syncline.server.web.api;

import dev.syncline.core.model.FilePath;
import dev.syncline.core.model.LinkName;
import dev.syncline.core.model.SyncException;
import dev.syncline.core.model.WorkspaceName;
import dev.syncline.server.view.Files.Sent;
import dev.syncline.server.view.Signals;
import dev.syncline.server.view.Signals.Source;
import dev.syncline.server.view.Workspaces;
import dev.syncline.server.view.json.Fields;
import java.io.IOException;
import java.io.InputStream;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Messages from repositories' hosts and from callers of old. Whoever tells that a branch moved is
 * answered as soon as the link's signal is noted; telling it twice causes one look, and a message
 * that gets lost is made up for by the link's own timer. Thread-safe.
 */
final class HookCalls {

  private static final Logger LOG = LoggerFactory.getLogger(HookCalls.class);

  /** What GitHub sends at most. */
  private static final long MAX_HOOK_BYTES = 25 << 20;

  private static final String SIGNATURE = "X-Hub-Signature-256";
  private static final String ALGORITHM = "HmacSHA256";
  private static final int BUFFER_BYTES = 16 << 10;

  private final Workspaces workspaces;
  private final Signals signals;
  private final FileCalls files;

  HookCalls(Synced synced, FileCalls files) {
    this.workspaces = synced.workspaces();
    this.signals = synced.signals();
    this.files = files;
  }

  /** Whether a request proves by a signature, and not by a token, that it may come. */
  static boolean isSigned(Call call) {
    List<String> path = call.path();
    return path.size() == 4
        && path.getFirst().equals("workspaces")
        && path.get(2).equals("hooks")
        && path.getLast().equals("github");
  }

  /** A message of GitHub's, signed with the secret of a link. */
  Answer signed(Call call) throws IOException {
    if (!call.method().equals("POST")) {
      return Answer.onlyKnows("POST");
    }
    Optional<byte[]> signature = call.header(SIGNATURE).flatMap(HookCalls::digits);
    if (signature.isEmpty()) {
      return refused();
    }
    WorkspaceName name;
    List<Source> sources;
    try {
      name = new WorkspaceName(call.path().get(1));
      sources = signals.sources(name);
    } catch (SyncException.Invalid e) {
      return refused();
    } catch (SyncException.Unavailable e) {
      // The sentence names a file of this machine, which is nobody's business outside.
      LOG.atWarn().setCause(e).log("a webhook can't be checked");
      return new Answer.Problem(
          503,
          Answer.Kind.UNAVAILABLE,
          "the signature can't be checked now: the server's log says why",
          Map.of("Retry-After", "60"));
    }
    Set<LinkName> proven = proven(call.raw(MAX_HOOK_BYTES), sources, signature.get());
    return proven.isEmpty() ? refused() : told(signals.signal(name, proven::contains));
  }

  /** Somebody with a token tells that the branches of a workspace's repositories may have moved. */
  Answer signal(Call call, WorkspaceName name) {
    return call.method().equals("POST")
        ? told(signals.signal(name, link -> true))
        : Answer.onlyKnows("POST");
  }

  /** {@code /api/sync} and {@code /api/sync/webhook}, as callers of old know them. */
  Answer old(Call call) throws IOException {
    if (!call.method().equals("POST")) {
      return Answer.onlyKnows("POST");
    }
    if (call.path().size() > 1) {
      return call.path().equals(List.of("sync", "webhook"))
          ? signal(call, only())
          : WorkspaceCalls.nowhere();
    }
    Fields body =
        new Fields(call.json(FileCalls.MAX_CHANGES_BYTES))
            .knowsOnly(Set.of("path", "content", "description"));
    WorkspaceName name = only();
    byte[] contents = ConflictCalls.utf8(body.text("content"));
    var path = new FilePath(body.text("path"));
    var changes = new TreeMap<>(Map.of(path, Optional.of(files.keep(name, path, contents))));
    return files.submit(
        name,
        new Sent(
            changes, Optional.empty(), Optional.empty(), body.maybeText("description").orElse("")));
  }

  private WorkspaceName only() {
    List<WorkspaceName> names = workspaces.names();
    if (names.size() != 1) {
      throw new SyncException.Invalid(
          "this address serves the only workspace, and there are "
              + names.size()
              + ": use /api/v1/workspaces/NAME/…");
    }
    return names.getFirst();
  }

  private static Answer told(List<LinkName> links) {
    ObjectNode body = JsonMapper.shared().createObjectNode();
    ArrayNode told = body.putArray("links");
    links.forEach(link -> told.add(link.value()));
    return new Answer.Json(202, body);
  }

  /** The same whether workspace, secret or signature is wrong: a stranger learns nothing. */
  private static Answer refused() {
    return new Answer.Problem(
        401, Answer.Kind.DENIED, "the signature fits no webhook secret of this workspace");
  }

  private static Set<LinkName> proven(InputStream body, List<Source> sources, byte[] signature)
      throws IOException {
    record Check(LinkName link, Mac mac) {}
    var checks = new ArrayList<Check>();
    for (Source source : sources) {
      source.key().ifPresent(key -> checks.add(new Check(source.link(), mac(key))));
    }
    byte[] buffer = new byte[BUFFER_BYTES];
    // Read as it comes: a stranger's body takes no memory.
    for (int got = body.read(buffer); got >= 0; got = body.read(buffer)) {
      for (Check check : checks) {
        check.mac().update(buffer, 0, got);
      }
    }
    var proven = new HashSet<LinkName>();
    for (Check check : checks) {
      if (MessageDigest.isEqual(check.mac().doFinal(), signature)) {
        proven.add(check.link());
      }
    }
    return proven;
  }

  private static Mac mac(byte[] key) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(key, ALGORITHM));
      return mac;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java runtime has " + ALGORITHM, e);
    }
  }

  private static Optional<byte[]> digits(String header) {
    if (!header.startsWith("sha256=")) {
      return Optional.empty();
    }
    try {
      return Optional.of(HexFormat.of().parseHex(header.substring("sha256=".length())));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
