package dev.syncline.server.endpoint.jsonapi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.syncline.core.model.Changes;
import dev.syncline.core.model.CommitId;
import dev.syncline.core.model.FilePath;
import dev.syncline.core.model.SyncException;
import dev.syncline.core.port.Delivery;
import dev.syncline.core.port.Hints;
import dev.syncline.core.port.Observed;
import dev.syncline.server.config.Secret;
import dev.syncline.server.endpoint.jsonapi.SourceServer.Reply;
import dev.syncline.server.endpoint.jsonapi.SourceServer.Trick;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What a link to a JSON API sees of a source that is well, and of one that isn't. */
final class JsonApiEndpointTest {

  private static final FilePath BAD = new FilePath("bad.json");

  @TempDir Path folder;

  private final SourceServer server = new SourceServer();
  private final Looking looking = new Looking(server);

  @AfterEach
  void close() {
    looking.close();
    server.close();
  }

  @Test
  void eachCategoryIsAFileThatSaysWhatTheSourceSays() {
    server.serve("a", "{\"x\":  {\"n\": 1.0}}");
    server.serve("b", "{\"y\": {}}\n");
    looking.at("a").at("b");
    Observed seen = looking.look();
    assertEquals(
        Map.of("a.json", "{\"x\":  {\"n\": 1.0}}\n", "b.json", "{\"y\": {}}\n"), looking.files());
    assertEquals("Update a, b from 127.0.0.1", seen.edits().getFirst().message());
    assertEquals(List.of(), looking.look().edits());
  }

  @Test
  void onlyWhatAHintSpeaksOfIsAskedFor() {
    server.serve("a", "{\"x\": {}}");
    looking.at("a").at("b").look(new Hints.At(Set.of(new FilePath("a.json"))));
    assertEquals(Set.of("a.json"), looking.files().keySet());
    assertEquals(List.of(), server.asked("b"));
  }

  @ParameterizedTest
  @MethodSource
  void aCategoryThatCanNotBeRightHoldsUpNoOther(Reply reply, String reason) {
    server.serve("bad", "{\"x\": {\"n\": 1}}");
    server.serve("good", "{\"x\": {\"n\": 1}}");
    looking.at("bad").at("good").waiting(Duration.ofSeconds(1)).look();
    server.serve("bad", reply);
    server.serve("good", "{\"x\": {\"n\": 2}}");
    Observed seen = looking.look();
    assertEquals(Set.of(BAD), seen.unseen().keySet());
    String told = seen.unseen().getOrDefault(BAD, "");
    assertTrue(told.contains(reason), told);
    assertEquals(
        Map.of("bad.json", "{\"x\": {\"n\": 1}}\n", "good.json", "{\"x\": {\"n\": 2}}\n"),
        looking.files());
  }

  static Stream<Arguments> aCategoryThatCanNotBeRightHoldsUpNoOther() {
    return Stream.of(
        Arguments.of(Reply.status(503), "answers 503"),
        Arguments.of(Reply.status(404), "take it out of `categories`"),
        Arguments.of(Reply.status(401), "`token-file`"),
        Arguments.of(Reply.status(418), "answers 418: correct its address"),
        Arguments.of(Reply.status(429).with("Retry-After", "3600"), "answers 429"),
        Arguments.of(Reply.json("<html>busy</html>"), "a web page in place of JSON"),
        Arguments.of(Reply.json("{}").with("Content-Type", "text/html; x"), "a web page"),
        Arguments.of(Reply.json(""), "an empty answer"),
        Arguments.of(Reply.json("{\"x\": {\"n\": 1}").with(Trick.CUT), "can't be read"),
        Arguments.of(Reply.json("{\"x\": {\"n\": 1}"), "is it cut off?"),
        Arguments.of(Reply.json("{\"x\": {}}").with(Trick.NEVER), "took longer than 1 s"),
        Arguments.of(Reply.json("{}"), "no record at all"),
        Arguments.of(Reply.json("{\"detail\": \"down\"}"), "`detail`, which is no record"),
        Arguments.of(Reply.json("[]"), "set `id`"),
        Arguments.of(Reply.status(302).with("Location", "/v1/bad"), "on and on"),
        Arguments.of(Reply.status(302), "sends us nowhere"));
  }

  @Test
  void moreThanFitsIsNotRead() {
    server.serve("a", "{\"x\": {}}");
    server.serve("bad", "{\"x\": {}}" + " ".repeat(16 << 20));
    Observed seen = looking.at("a").at("bad").look();
    assertEquals(Set.of(BAD), seen.unseen().keySet());
    server.serve("bad", Reply.json("{\"x\": {}}" + " ".repeat(16 << 20)).with(Trick.GZIP));
    String told = looking.look().unseen().getOrDefault(BAD, "");
    assertTrue(told.contains("more than 16 MiB"), told);
  }

  @Test
  void aCategoryMayNotLoseTooManyRecordsAtOnce() {
    server.serve("bad", records(8));
    server.serve("a", records(2));
    looking.at("bad").at("a").look();
    server.serve("bad", records(5));
    server.serve("a", records(1));
    String told = looking.look().unseen().getOrDefault(BAD, "");
    assertTrue(told.contains("lacks 3 of the 8 records"), told);
    assertTrue(told.contains("`most-lost` to 38"), told);
    assertEquals(records(8) + "\n", looking.files().get("bad.json"));
    assertEquals(records(1) + "\n", looking.files().get("a.json"), "one may always go");
    server.serve("bad", records(6));
    assertEquals(Map.of(), looking.look().unseen());
  }

  private static String records(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> "\"" + i + "\": {}")
        .collect(Collectors.joining(", ", "{", "}"));
  }

  @Test
  void whatDidNotChangeIsNotSentAgain() {
    server.serve("a", Reply.json("{\"x\": {}}").with("ETag", "\"1\""));
    server.serve(
        "b", Reply.json("{\"x\": {}}").with("Last-Modified", "Sun, 22 Nov 2026 01:00:00 GMT"));
    looking.at("a").at("b").look();
    assertEquals(List.of(), looking.look().edits());
    assertEquals("\"1\"", server.asked("a").getLast().headers().get("if-none-match"));
    assertEquals(
        "Sun, 22 Nov 2026 01:00:00 GMT",
        server.asked("b").getLast().headers().get("if-modified-since"));
    looking.forget();
    assertEquals(2, looking.look().changes().byPath().size());
    assertFalse(server.asked("a").getLast().headers().containsKey("if-none-match"));
  }

  @Test
  void aSourceThatStumblesIsAskedAgain() {
    server.serve("a", "{\"x\": {}}");
    server.first("a", Reply.status(503), Reply.status(429).with("Retry-After", "0"));
    assertEquals(Map.of(), looking.at("a").look().unseen());
    assertEquals(3, server.asked("a").size());
    server.first("a", Reply.json("{}").with(Trick.CUT));
    assertEquals(Map.of(), looking.look().unseen());
    assertEquals(5, server.asked("a").size());
  }

  @Test
  void aSourceThatWantsToBeLeftAloneIs() {
    server.serve("a", Reply.status(429).with("Retry-After", "100"));
    looking.at("a");
    var failure = assertThrows(SyncException.Unavailable.class, looking::look);
    assertEquals(Optional.of(looking.clock.instant().plusSeconds(100)), failure.notBefore());
    assertEquals(1, server.asked("a").size());
  }

  @Test
  void ifNothingWorksTheSourceIsToBlame() {
    server.serve("a", Reply.status(503));
    server.serve("b", Reply.json("{}").with(Trick.CUT));
    looking.at("a").at("b");
    assertThrows(SyncException.Unavailable.class, looking::look);
    server.serve("a", Reply.status(401));
    server.serve("b", Reply.status(403));
    assertThrows(SyncException.Denied.class, looking::look);
    server.serve("a", Reply.status(404));
    assertEquals(2, looking.look().unseen().size());
    server.close();
    assertThrows(SyncException.Unavailable.class, looking::look);
  }

  @Test
  void compressedAnswersAreTaken() {
    server.serve("a", Reply.json("{\"x\": {}}").with(Trick.GZIP));
    looking.at("a").look();
    assertEquals(Map.of("a.json", "{\"x\": {}}\n"), looking.files());
  }

  @Test
  void credentialsGoToTheSourceAndNowhereElse() {
    try (var other = new SourceServer()) {
      other.serve("a", "{\"x\": {}}");
      server.serve("a", Reply.status(307).with("Location", other.base() + "a"));
      looking
          .at("a")
          .showing(
              new Credentials(
                  Map.of("X-Key", "1"), Optional.empty(), Optional.of(Secret.literal("t"))))
          .look();
      assertEquals(Map.of("a.json", "{\"x\": {}}\n"), looking.files());
      assertEquals("Bearer t", server.asked("a").getFirst().headers().get("authorization"));
      assertEquals("1", server.asked("a").getFirst().headers().get("x-key"));
      assertFalse(other.asked("a").getFirst().headers().containsKey("authorization"));
      assertFalse(other.asked("a").getFirst().headers().containsKey("x-key"));
    }
    assertEquals(
        Map.of("Authorization", "Basic YTp0"),
        new Credentials(Map.of(), Optional.of("a"), Optional.of(Secret.literal("t"))).headers());
  }

  @Test
  void arraysAndAnswersAroundThemAreRecordsToo() {
    server.serve("a", "{\"meta\": 1, \"data\": {\"all\": [{\"id\": 2}, {\"id\": 1}]}}");
    Optional<String> id = Optional.of("id");
    looking
        .at("a", new Category.AnswerShape(id, "/data/all", Optional.empty()), new JsonForm(id))
        .look();
    assertEquals(Map.of("a.json", "[{\"id\": 2}, {\"id\": 1}]\n"), looking.files());
    server.serve("a", "{\"data\": {\"all\": [{\"id\": 2}, {\"id\": 2.0}]}}");
    assertTrue(looking.look().unseen().toString().contains("two records"));
    server.serve("a", "{\"data\": {}}");
    assertTrue(looking.look().unseen().toString().contains("nothing at /data/all"));
  }

  @Test
  void pagesAreReadToTheirEnd() {
    server.serve(
        "link",
        Reply.json("{\"a\": {}}")
            .with("Link", "</v1/link>; rel=\"first\", <link?p=2>; rel=\"next\""));
    server.serve("link?p=2", "{\"b\": {\"n\": 1}}");
    server.serve("field", "{\"d\": {\"a\": {}}, \"next\": \"field?p=2\"}");
    server.serve("field?p=2", "{\"d\": {\"b\": {\"n\": 1}}, \"next\": null}");
    server.serve("page?p=1", "{\"a\": {}}");
    server.serve("page?p=2", "{\"b\": {\"n\": 1}}");
    server.serve("page?p=3", "{}");
    paged("link", "", new Category.Next.LinkHeader());
    paged("field", "/d", new Category.Next.Field("/next"));
    paged("page", "", new Category.Next.PageNumber("p"));
    assertEquals(Map.of(), looking.look().unseen());
    assertEquals(
        Set.of("{\n\"a\": {},\n\"b\": {\"n\": 1}\n}\n"), Set.copyOf(looking.files().values()));
    assertEquals(3, looking.files().size());
  }

  @Test
  void pagesThatLeadAstrayAreNotFollowed() {
    server.serve("bad", "{\"d\": {\"a\": {}}, \"next\": \"bad?p=2\"}");
    server.serve("bad?p=2", "{\"d\": {\"b\": {}}, \"next\": \"bad\"}");
    paged("bad", "/d", new Category.Next.Field("/next"));
    assertTrue(looking.look().unseen().getOrDefault(BAD, "").contains("never end"));
    server.serve("bad?p=2", "{\"d\": {\"b\": {}}, \"next\": \"http://example.org/\"}");
    assertTrue(looking.look().unseen().getOrDefault(BAD, "").contains("another server"));
    server.serve("bad?p=2", Reply.status(404));
    assertEquals(Set.of(BAD), looking.look().unseen().keySet());
    assertEquals(Map.of(), looking.files());
  }

  private void paged(String name, String records, Category.Next next) {
    looking.at(
        name,
        new Category.AnswerShape(Optional.empty(), records, Optional.of(next)),
        new JsonForm(Optional.empty()));
  }

  @Test
  void recordsFitTheirSchema() throws IOException {
    Path schema = folder.resolve("bad.schema.json");
    looking.at(
        new Category(
            "bad",
            server.base().resolve("bad"),
            BAD,
            Category.AnswerShape.PLAIN,
            Optional.of(schema),
            new JsonForm(Optional.empty())));
    server.serve("bad", "{\"x\": {\"n\": \"one\"}}");
    assertTrue(told().contains("mend " + schema), told());
    Files.writeString(
        schema, "{\"additionalProperties\": {\"properties\": {\"n\": {\"type\": \"integer\"}}}}");
    assertTrue(told().contains("forbids: /x/n"), told());
    server.serve("bad", "{\"x\": {\"n\": 1}}");
    assertEquals("", told());
  }

  private String told() {
    return looking.look().unseen().getOrDefault(BAD, "");
  }

  @Test
  void itIsNeverWritten() {
    var delivery = new Delivery(Changes.NONE, new CommitId("0".repeat(40)), Optional.empty());
    assertThrows(
        SyncException.Invalid.class,
        () -> looking.at("a").endpoint().apply(delivery, looking.contents));
  }
}
