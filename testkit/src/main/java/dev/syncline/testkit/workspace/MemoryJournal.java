package dev.syncline.testkit.workspace;

import dev.syncline.core.model.LinkName;
import dev.syncline.core.model.RunId;
import dev.syncline.core.plan.Run;
import dev.syncline.core.port.Journal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A journal that is gone when the test is over. One thread at a time. */
public final class MemoryJournal implements Journal {

  private final List<Run> runs = new ArrayList<>();
  private final Set<String> approved = new HashSet<>();

  @Override
  public void add(Run run) {
    runs.add(run);
  }

  @Override
  public boolean isApproved(String fingerprint) {
    return approved.contains(fingerprint);
  }

  @Override
  public void approve(LinkName link, String fingerprint) {
    approved.add(fingerprint);
  }

  @Override
  public Optional<Run> find(RunId run) {
    return runs.stream().filter(known -> known.id().equals(run)).findFirst();
  }

  @Override
  public List<Run> newest(int limit) {
    return runs.reversed().stream().limit(limit).toList();
  }
}
