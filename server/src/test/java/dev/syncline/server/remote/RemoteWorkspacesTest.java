package dev.syncline.server.remote;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.syncline.core.merge.Conflict;
import dev.syncline.core.merge.Resolution;
import dev.syncline.core.merge.Side;
import dev.syncline.core.merge.ThreeWay;
import dev.syncline.core.model.ContentId;
import dev.syncline.core.model.FileVersion;
import dev.syncline.core.model.LinkName;
import dev.syncline.core.model.RunId;
import dev.syncline.core.model.SyncException;
import dev.syncline.core.model.WorkspaceName;
import dev.syncline.core.plan.Plan;
import dev.syncline.server.view.Workspaces;
import dev.syncline.server.view.Workspaces.Motion;
import dev.syncline.server.view.json.Samples;
import dev.syncline.server.web.MemoryWorkspaces;
import dev.syncline.server.web.RunningServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.BiFunction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whatever workspaces do, they do it the same from afar. */
final class RemoteWorkspacesTest {

  private static final WorkspaceName HERE = MemoryWorkspaces.NAME;
  private static final WorkspaceName NOWHERE = new WorkspaceName("nowhere");
  private static final Optional<LinkName> LAPTOP = Optional.of(new LinkName("laptop"));

  private final RunningServer server = new RunningServer();
  private final RemoteServer connection =
      new RemoteServer(server.uri("/"), RunningServer.ADMIN, Optional.empty());
  private final MemoryWorkspaces local = server.workspaces;
  private final Workspaces remote = connection.workspaces();

  @BeforeEach
  void fill() {
    local.status = Samples.status();
    local.plan = Optional.of(Samples.plans().getFirst());
    local.runs.addAll(Samples.runs());
    local.versions.add(Samples.version());
    local.conflicts.add(Samples.conflict());
  }

  @AfterEach
  void stop() {
    connection.close();
    server.close();
  }

  /** Every method, by what it does. */
  private static Map<String, BiFunction<Workspaces, WorkspaceName, Object>> methods() {
    var all = new LinkedHashMap<String, BiFunction<Workspaces, WorkspaceName, Object>>();
    all.put("status", Workspaces::status);
    all.put("text", Workspaces::text);
    all.put("remove", Workspaces::remove);
    all.put("pause", (it, name) -> done(() -> it.pause(name, LAPTOP, Motion.PAUSE)));
    all.put("resume", (it, name) -> done(() -> it.pause(name, Optional.empty(), Motion.RESUME)));
    all.put("sync", (it, name) -> it.sync(name, LAPTOP));
    all.put("sync all", (it, name) -> it.sync(name, Optional.empty()));
    all.put("preview", (it, name) -> it.preview(name, LAPTOP.orElseThrow()));
    all.put("approve", (it, name) -> it.approve(name, new RunId("20261121-030405-abcde")));
    all.put("approve another", (it, name) -> it.approve(name, new RunId("other")));
    all.put("runs", (it, name) -> it.runs(name, 3));
    all.put("all runs", (it, name) -> it.runs(name, Integer.MAX_VALUE));
    all.put("history", (it, name) -> it.history(name, Optional.empty(), 5));
    all.put("history of one", (it, name) -> it.history(name, Optional.of(Samples.ODD), 5));
    all.put("restore", (it, name) -> it.restore(name, Samples.ODD, Samples.VERSION, Samples.ADA));
    all.put("conflicts", Workspaces::conflicts);
    for (Resolution resolution :
        List.of(
            new Resolution.Choose(Side.THEIRS),
            new Resolution.Both(),
            new Resolution.Supply(Optional.of(Samples.file("x"))),
            new Resolution.Supply(Optional.empty()))) {
      all.put(
          "resolve " + resolution,
          (it, name) -> it.resolve(name, Samples.conflict(), resolution, Samples.ADA));
    }
    all.put(
        "resolve another",
        (it, name) -> it.resolve(name, moved(), new Resolution.Both(), Samples.ADA));
    all.put("keep", (it, name) -> keep(it, name, utf8("kept")));
    all.put("keep nothing", (it, name) -> keep(it, name));
    all.put("open", (it, name) -> read(it, name, Samples.file("ours")));
    return all;
  }

  @Test
  void everyMethodAnswersTheSame() {
    keep(local, HERE, utf8("ours"));
    assertEquals(local.names(), remote.names());
    methods()
        .forEach((what, method) -> {
          Object here = method.apply(local, HERE);
          List<String> heard = local.heard();
          assertEquals(here, method.apply(remote, HERE), what);
          assertEquals(heard, local.heard(), what);
        });
  }

  @Test
  void everyMethodFailsTheSame() {
    for (SyncException failure :
        List.of(
            new SyncException.Invalid("can't be"),
            new SyncException.Denied("read only"),
            new SyncException.Unavailable("the disk is full", new IOException()),
            new SyncException.Corrupt("pack 7 is damaged"))) {
      local.failure = Optional.of(failure);
      methods()
          .forEach((what, method) -> {
            var seen = assertThrows(failure.getClass(), () -> method.apply(remote, HERE), what);
            assertEquals(failure.getMessage(), seen.getMessage(), what);
          });
      assertThrows(failure.getClass(), () -> remote.put(HERE, "links: {}"));
    }
  }

  @Test
  void everyMethodKnowsThatThereIsNoSuchWorkspace() {
    methods()
        .forEach((what, method) -> {
          var here =
              assertThrows(SyncException.Invalid.class, () -> method.apply(local, NOWHERE), what);
          var there =
              assertThrows(SyncException.Invalid.class, () -> method.apply(remote, NOWHERE), what);
          assertEquals(here.getMessage(), there.getMessage(), what);
        });
  }

  @Test
  void aBugOnTheOtherSideIsNoReasonToGiveUp() {
    local.failure = Optional.of(new IllegalStateException("bug"));
    methods()
        .forEach((what, method) ->
            assertThrows(SyncException.Unavailable.class, () -> method.apply(remote, HERE), what));
  }

  @Test
  void aFileIsPutAsItIs() {
    remote.put(NOWHERE, local.text);
    assertEquals(List.of("put nowhere " + local.text), local.heard());
  }

  @Test
  void aHeldPlanSaysWhy() {
    Plan held = Samples.plans().getLast();
    local.plan = Optional.of(held);
    assertEquals(held, remote.preview(HERE, LAPTOP.orElseThrow()));
  }

  @Test
  void largeContentsTravelWhole() {
    byte[] large = new byte[3 << 20];
    new Random(1).nextBytes(large);
    var kept = FileVersion.regular((ContentId) keep(remote, HERE, large));
    assertEquals(ContentId.ofContents(large), kept.content());
    assertArrayEquals(large, bytes(remote, HERE, kept));
  }

  @Test
  void contentsThatAreNotAsLongAsSaidAreTheCallersFault() {
    for (int size : new int[] {3, 5}) {
      assertThrows(
          IOException.class,
          () -> remote.keep(HERE, Optional.empty(), size, new ByteArrayInputStream(new byte[4])));
    }
  }

  @Test
  void whoSawAnotherVersionDecidesNothing() {
    assertFalse(remote.resolve(HERE, moved(), new Resolution.Both(), Samples.ADA));
    assertTrue(local.heard().isEmpty());
  }

  private static Conflict moved() {
    Conflict known = Samples.conflict();
    var sides =
        new ThreeWay(
            known.sides().base(), Optional.of(Samples.file("newer")), known.sides().theirs());
    return new Conflict(
        known.link(), known.path(), sides, known.reason(), known.since(), known.theirsBy());
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static Object done(Runnable work) {
    work.run();
    return "done";
  }

  private static Object keep(Workspaces workspaces, WorkspaceName name, byte... contents) {
    try {
      return workspaces.keep(
          name, Optional.empty(), contents.length, new ByteArrayInputStream(contents));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Object read(Workspaces workspaces, WorkspaceName name, FileVersion file) {
    return new String(bytes(workspaces, name, file), StandardCharsets.UTF_8);
  }

  private static byte[] bytes(Workspaces workspaces, WorkspaceName name, FileVersion file) {
    try (InputStream in = workspaces.open(name, file)) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
