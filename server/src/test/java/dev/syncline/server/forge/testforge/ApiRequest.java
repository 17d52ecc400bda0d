package dev.syncline.server.forge.testforge;

import java.io.IOException;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.Optional;

/** A request to the API; it and its answer are held to the forge's own description. */
final class ApiRequest implements Fault.Victim {
  private final Exchange exchange;
  private final Api api;
  private final Journal journal;
  private final Asked asked;

  ApiRequest(Exchange exchange, Api api, Journal journal) throws IOException {
    this.exchange = exchange;
    this.api = api;
    this.journal = journal;
    this.asked = Asked.of(exchange, api.root());
    journal.asked().add(asked);
    description().ifPresent(told -> journal.wrong().addAll(told.wrong(asked)));
  }

  @Override
  public Reply serve() {
    if (!api.isKnown(asked)) {
      return Reply.error(401, "Bad credentials");
    }
    Reply reply = journal.busy(() -> api.answer(asked));
    if (reply.status() == 200 && asked.method().equals("GET")) {
      // GitHub's are made with the token.
      int mark = (reply.body() + asked.header("authorization")).hashCode();
      String etag = "\"" + Integer.toHexString(mark) + "\"";
      return asked.header("if-none-match").equals(Optional.of(etag))
          ? new Reply(304, Map.of(), "")
          : checked(reply).with("ETag", etag);
    }
    return checked(reply);
  }

  private Reply checked(Reply reply) {
    if (reply.status() / 100 == 3) {
      return reply; // Any path may send on; only some are described so.
    }
    description().ifPresent(told -> journal.wrong().addAll(told.wrong(asked, reply)));
    return reply;
  }

  private Optional<Description> description() {
    return asked.path().startsWith("/repositories/") ? Optional.empty() : api.description();
  }

  @Override
  public void answer(Reply reply) throws IOException {
    String date = DateTimeFormatter.RFC_1123_DATE_TIME.format(api.now().atOffset(ZoneOffset.UTC));
    exchange.send(reply.with("Date", date));
  }

  @Override
  public void reset() {
    exchange.reset();
  }
}
