package dev.syncline.server.endpoint.jsonapi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.syncline.core.port.Hints;
import dev.syncline.server.endpoint.jsonapi.SourceServer.Reply;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** When a source is looked at because of what it says of its last update. */
final class JsonApiWatchTest {

  private final Freshness freshness = new Freshness();

  @Test
  void anUpdateIsNewsUntilARunHasTakenIt() {
    assertTrue(freshness.isNews("1"));
    run(true, true);
    assertFalse(freshness.isNews("1"));
    assertTrue(freshness.isNews("2"));
    run(true, false);
    assertTrue(freshness.isNews("2"), "the run failed");
    run(false, true);
    assertTrue(freshness.isNews("2"), "a category was held");
    run(true, true);
    assertFalse(freshness.isNews("2"));
  }

  @Test
  void anUpdateDuringARunIsNews() {
    freshness.isNews("1");
    freshness.looking();
    freshness.isNews("2");
    freshness.looked(true);
    freshness.ended(true);
    assertTrue(freshness.isNews("2"));
  }

  private void run(boolean everything, boolean done) {
    freshness.looking();
    freshness.looked(everything);
    freshness.ended(done);
  }

  @Test
  void aSourceThatCanNotSayIsLookedAtEachTime() throws InterruptedException {
    try (var server = new SourceServer();
        var looking = new Looking(server).at("a")) {
      server.serve("a", "{\"x\": {}}");
      server.serve("updated", "{\"last\": 1}");
      var heard = new LinkedBlockingQueue<Hints>();
      var where =
          new Source.LastUpdated(server.base().resolve("updated"), "/last", Duration.ofMillis(5));
      try (var watch = JsonApiWatch.start(looking.endpoint(), where, heard::add)) {
        assertEquals(new Hints.Everywhere(), heard.poll(20, TimeUnit.SECONDS));
        assertEquals(Optional.empty(), watch.problem());
        looking.look();
        watch.ended(true);
        server.serve("updated", Reply.status(500));
        heard.clear();
        assertEquals(new Hints.Everywhere(), heard.poll(20, TimeUnit.SECONDS));
        assertEquals(new Hints.Everywhere(), heard.poll(20, TimeUnit.SECONDS));
        assertTrue(watch.problem().orElse("").contains("everything is compared"));
      }
    }
  }
}
