package dev.syncline.server.web;

import dev.syncline.core.flow.Submission.Submitted;
import dev.syncline.core.model.CommitId;
import dev.syncline.core.model.ContentId;
import dev.syncline.core.model.FilePath;
import dev.syncline.core.model.LinkName;
import dev.syncline.core.model.WorkspaceName;
import dev.syncline.server.view.Clones;
import dev.syncline.server.view.Files;
import dev.syncline.server.view.Signals;
import dev.syncline.server.view.Webhooks;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Predicate;

/** Nobody asks for files or history here. */
final class NoFiles implements Files, Signals, Clones, Webhooks {

  @Override
  public Optional<Entry> find(WorkspaceName workspace, FilePath path) {
    throw new UnsupportedOperationException();
  }

  @Override
  public OptionalLong size(WorkspaceName workspace, ContentId content) {
    return OptionalLong.empty();
  }

  @Override
  public List<Entry> list(WorkspaceName workspace, Page page) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Submitted submit(WorkspaceName workspace, Sent sent) {
    throw new UnsupportedOperationException();
  }

  @Override
  public News news(WorkspaceName workspace, Optional<CommitId> since) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Listening listen(WorkspaceName workspace, Runnable listener) {
    throw new UnsupportedOperationException();
  }

  @Override
  public List<Source> sources(WorkspaceName workspace) {
    throw new UnsupportedOperationException();
  }

  @Override
  public List<LinkName> signal(WorkspaceName workspace, Predicate<LinkName> wanted) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void advertise(WorkspaceName workspace, List<String> protocol, OutputStream out) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void upload(
      WorkspaceName workspace, List<String> protocol, InputStream request, OutputStream out) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Reply receive(Map<String, String> headers, byte[] body) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Optional<String> publicKey() {
    throw new UnsupportedOperationException();
  }
}
