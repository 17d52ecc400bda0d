package dev.syncline.server.forge.testforge;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;

/** A pull request of a test forge, as it stands. */
public final class TestPull {

  public final long number;
  public final String from;
  public final String to;

  /** The repository that the branch is in. */
  public final String owner;

  public volatile String title;
  public volatile String body;
  public volatile boolean isOpen = true;

  /** The commit that it became in the other branch, if it was merged. */
  public volatile Optional<String> merged = Optional.empty();

  /** The newest commit of its branch, as long as it is open. */
  volatile String head = "0".repeat(40);

  public final List<String> comments = new CopyOnWriteArrayList<>();
  public final Set<String> labels = new TreeSet<>();
  public final Set<String> reviewers = new TreeSet<>();
  public final Set<String> teams = new TreeSet<>();
  public final Set<String> assignees = new TreeSet<>();
  final Instant opened;

  TestPull(long number, String owner, String from, String to, Instant opened) {
    this.number = number;
    this.owner = owner;
    this.from = from;
    this.to = to;
    this.opened = opened;
    this.title = "";
    this.body = "";
  }

  /** Changes what a request names of its title, body and state, as GitHub and Gitea call them. */
  TestPull edited(Asked asked) {
    title = asked.body().has("title") ? asked.text("title") : title;
    body = asked.body().has("body") ? asked.text("body") : body;
    isOpen = asked.body().has("state") ? asked.text("state").equals("open") : isOpen;
    return this;
  }
}
