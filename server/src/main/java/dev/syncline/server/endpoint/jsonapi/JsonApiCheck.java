package dev.syncline.server.endpoint.jsonapi;

import dev.syncline.core.model.Finding;
import dev.syncline.core.model.SyncException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Asks a source for each of its categories; changes nothing. */
public final class JsonApiCheck {

  private static final String REMEDY =
      "Open the address in a browser, and correct the link: syncline workspace show, then add.";

  private JsonApiCheck() {}

  /** What is well and what is not. */
  public static List<Finding> of(Source source, InstantSource clock) {
    var findings = new ArrayList<Finding>();
    try (var endpoint = new JsonApiEndpoint(source, Pace.ONCE, clock)) {
      for (Category category : source.categories()) {
        findings.add(
            switch (new Pages(endpoint.http(), category).read(Map.of())) {
              case Pages.Found.Nothing(Trouble trouble) ->
                  Finding.wrong(category.name(), trouble.reason(), REMEDY);
              case Pages.Found.Said(byte[] json, var _) ->
                  Finding.ok(
                      category.name(),
                      "the source sends "
                          + category.form().ids(category.form().file(json)).size()
                          + " records");
              case Pages.Found.Same() -> throw new IllegalStateException("there was no condition");
            });
      }
      return findings;
    } catch (SyncException | IllegalArgumentException e) {
      findings.add(Finding.wrong("source", String.valueOf(e.getMessage()), REMEDY));
      return findings;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new SyncException.Unavailable("interrupted while " + source.base() + " was asked", e);
    }
  }
}
