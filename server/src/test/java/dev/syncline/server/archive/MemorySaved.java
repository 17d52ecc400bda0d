package dev.syncline.server.archive;

import dev.syncline.core.model.WorkspaceName;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** Workspaces of which each has a file and a history, both of one word. */
final class MemorySaved implements SavedWorkspaces {

  final Map<WorkspaceName, String> saved = new TreeMap<>();

  @Override
  public List<WorkspaceName> names() {
    return List.copyOf(saved.keySet());
  }

  @Override
  public String text(WorkspaceName workspace) {
    return words(workspace)[0];
  }

  @Override
  public void write(WorkspaceName workspace, OutputStream bundle) throws IOException {
    bundle.write(words(workspace)[1].getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public void restore(WorkspaceName workspace, String text, InputStream bundle) throws IOException {
    String history = new String(bundle.readAllBytes(), StandardCharsets.UTF_8);
    saved.putIfAbsent(workspace, text + ", " + history);
  }

  private String[] words(WorkspaceName workspace) {
    return Objects.requireNonNull(saved.get(workspace)).split(", ", -1);
  }
}
