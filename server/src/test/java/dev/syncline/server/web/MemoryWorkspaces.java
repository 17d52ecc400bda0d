package dev.syncline.server.web;

import dev.syncline.core.merge.Conflict;
import dev.syncline.core.merge.Resolution;
import dev.syncline.core.model.Author;
import dev.syncline.core.model.CommitId;
import dev.syncline.core.model.ContentId;
import dev.syncline.core.model.FilePath;
import dev.syncline.core.model.FileVersion;
import dev.syncline.core.model.Finding;
import dev.syncline.core.model.LinkName;
import dev.syncline.core.model.RunId;
import dev.syncline.core.model.SyncException;
import dev.syncline.core.model.WorkspaceName;
import dev.syncline.core.plan.Plan;
import dev.syncline.core.plan.Run;
import dev.syncline.core.port.Version;
import dev.syncline.server.view.Workspaces;
import dev.syncline.server.view.Workspaces.Motion;
import dev.syncline.server.view.Workspaces.Status;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** One workspace that is as the test says, notes what it is asked for, and fails when told to. */
public final class MemoryWorkspaces implements Workspaces {

  public static final WorkspaceName NAME = new WorkspaceName("notes");
  public static final CommitId VERSION = new CommitId("a".repeat(40));

  /** Thrown by every method but {@link #names}. */
  public volatile Optional<RuntimeException> failure = Optional.empty();

  public volatile Status status =
      new Status(NAME, Optional.empty(), RunningServer.NOW, Map.of(), 0);
  public volatile String text = "links:\n  laptop: {folder: ~/Notizbücher}\n";
  public volatile Optional<Plan> plan = Optional.empty();
  public volatile RunId held = new RunId("20261121-030405-abcde");
  public final List<Finding> findings = new CopyOnWriteArrayList<>();
  public final List<Run> runs = new CopyOnWriteArrayList<>();
  public final List<Version> versions = new CopyOnWriteArrayList<>();
  public final List<Conflict> conflicts = new CopyOnWriteArrayList<>();
  private final Map<ContentId, byte[]> contents = new ConcurrentHashMap<>();
  private final List<String> heard = new CopyOnWriteArrayList<>();

  /** What it was asked to do since this was last called. */
  public List<String> heard() {
    var all = new ArrayList<>(heard);
    heard.clear();
    return all;
  }

  @Override
  public List<WorkspaceName> names() {
    return List.of(NAME);
  }

  @Override
  public Status status(WorkspaceName workspace) {
    mustBe(workspace);
    return status;
  }

  @Override
  public List<Finding> examine(WorkspaceName workspace) {
    mustBe(workspace);
    return findings;
  }

  @Override
  public String text(WorkspaceName workspace) {
    mustBe(workspace);
    return text;
  }

  @Override
  public void put(WorkspaceName workspace, String file) {
    failure.ifPresent(MemoryWorkspaces::fail);
    heard.add("put " + workspace + " " + file);
  }

  @Override
  public String remove(WorkspaceName workspace) {
    mustBe(workspace);
    heard.add("remove " + workspace);
    return "/var/lib/syncline/" + workspace;
  }

  @Override
  public void pause(WorkspaceName workspace, Optional<LinkName> link, Motion motion) {
    mustBe(workspace);
    heard.add(motion + " " + link);
  }

  @Override
  public Status sync(WorkspaceName workspace, Optional<LinkName> link) {
    mustBe(workspace);
    heard.add("sync " + link);
    return status;
  }

  @Override
  public Plan preview(WorkspaceName workspace, LinkName link) {
    mustBe(workspace);
    return plan.orElseThrow(() -> new SyncException.Invalid("no link " + link));
  }

  @Override
  public boolean approve(WorkspaceName workspace, RunId run) {
    mustBe(workspace);
    return run.equals(held);
  }

  @Override
  public List<Run> runs(WorkspaceName workspace, int limit) {
    mustBe(workspace);
    return runs.stream().limit(limit).toList();
  }

  @Override
  public List<Version> history(WorkspaceName workspace, Optional<FilePath> path, int limit) {
    mustBe(workspace);
    heard.add("history " + path);
    return versions.stream().limit(limit).toList();
  }

  @Override
  public CommitId restore(WorkspaceName workspace, FilePath path, CommitId version, Author author) {
    mustBe(workspace);
    heard.add("restore " + path + " " + version + " " + author);
    return VERSION;
  }

  @Override
  public List<Conflict> conflicts(WorkspaceName workspace) {
    mustBe(workspace);
    return List.copyOf(conflicts);
  }

  @Override
  public boolean resolve(
      WorkspaceName workspace, Conflict conflict, Resolution resolution, Author author) {
    mustBe(workspace);
    if (conflicts.contains(conflict)) {
      heard.add("resolve " + conflict + " " + resolution + " " + author);
      return true;
    }
    return false;
  }

  @Override
  public InputStream open(WorkspaceName workspace, FileVersion version) {
    mustBe(workspace);
    byte[] bytes = contents.get(version.content());
    if (bytes == null) {
      throw new SyncException.Corrupt("contents " + version.content() + " are missing");
    }
    return new ByteArrayInputStream(bytes);
  }

  @Override
  public ContentId keep(WorkspaceName workspace, Optional<FilePath> of, long size, InputStream in)
      throws IOException {
    mustBe(workspace);
    byte[] bytes = in.readAllBytes();
    if (bytes.length != size) {
      throw new IOException(bytes.length + " bytes, not " + size);
    }
    ContentId id = ContentId.ofContents(bytes);
    contents.put(id, bytes);
    return id;
  }

  private void mustBe(WorkspaceName workspace) {
    failure.ifPresent(MemoryWorkspaces::fail);
    if (!workspace.equals(NAME)) {
      throw new SyncException.Invalid("there is no workspace " + workspace);
    }
  }

  private static void fail(RuntimeException failure) {
    throw failure;
  }
}
