package dev.syncline.server.forge.testforge;

import dev.syncline.server.ledger.HttpBackend;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;

/** Of a Git client; served by Git itself. */
final class GitRequest implements Fault.Victim {
  private final Exchange exchange;
  private final Api api;
  private final HttpBackend backend;
  private final boolean isPublic;
  private Optional<HttpBackend.Answer> answer = Optional.empty();

  /**
   * @param isPublic whether everybody may read
   */
  GitRequest(Exchange exchange, Api api, HttpBackend backend, boolean isPublic) {
    this.exchange = exchange;
    this.api = api;
    this.backend = backend;
    this.isPublic = isPublic;
  }

  @Override
  public Reply serve() throws IOException {
    boolean reads = !(exchange.path() + exchange.query().orElse("")).contains("git-receive-pack");
    if (isIn() || (isPublic && reads)) {
      answer = Optional.of(backend.run(exchange.forGit()));
      return new Reply(answer.get().status(), Map.of(), "");
    }
    exchange.body().readAllBytes();
    return new Reply(401, Map.of("WWW-Authenticate", "Basic realm=\"forge\""), "");
  }

  private boolean isIn() {
    String shown = exchange.header("Authorization").orElse("");
    if (!shown.startsWith("Basic ")) {
      return false;
    }
    byte[] decoded = Base64.getDecoder().decode(shown.substring("Basic ".length()));
    String password = new String(decoded, StandardCharsets.UTF_8).replaceFirst("^[^:]*:", "");
    return api.isKnown(Asked.withPassword(password));
  }

  @Override
  public void answer(Reply reply) throws IOException {
    if (answer.isPresent() && reply.status() == answer.get().status()) {
      exchange.send(answer.get());
    } else {
      exchange.send(reply);
    }
  }

  @Override
  public void reset() {
    exchange.reset();
  }
}
