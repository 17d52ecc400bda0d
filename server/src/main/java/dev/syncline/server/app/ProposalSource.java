package dev.syncline.server.app;

import dev.syncline.core.model.Changes;
import dev.syncline.core.model.ContentId;
import dev.syncline.core.model.FileChange;
import dev.syncline.core.model.FilePath;
import dev.syncline.core.model.FileVersion;
import dev.syncline.core.model.LinkName;
import dev.syncline.core.model.Snapshot;
import dev.syncline.core.port.Ledger;
import dev.syncline.server.endpoint.jsonapi.ReviewOffer;
import dev.syncline.server.endpoint.jsonapi.Source;
import dev.syncline.server.endpoint.proposal.ProposalEndpoint;
import dev.syncline.server.endpoint.proposal.ProposalEndpoint.Listener;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Where the data come from that a link proposes: what was said last, and, where a source wants it,
 * who tells it what people edit on the pull request. Thread-safe: immutable.
 *
 * @param link that proposes
 */
record ProposalSource(DataSources sources, LinkName link, Ledger ledger, InstantSource clock)
    implements ProposalEndpoint.Source {

  @Override
  public Optional<ContentId> lastSaid(FilePath path) {
    return sources.mapping().toLedger(path).stream()
        .flatMap(file ->
            sources
                .all()
                .filter(source -> source.link().mapping().toEndpoint(file).isPresent())
                .flatMap(source -> ledger.base(source.name()).files().at(file).stream()))
        .map(FileVersion::content)
        .findFirst();
  }

  @Override
  public Optional<Listener> listener() {
    return offering().isEmpty() ? Optional.empty() : Optional.of(this::hear);
  }

  private List<DataSources.Source> offering() {
    return sources.all().filter(source -> source.api().offered().isWanted()).toList();
  }

  private List<String> hear(Changes edits) {
    Snapshot files = ledger.head().files();
    var notes = new ArrayList<String>();
    for (DataSources.Source source : offering()) {
      Snapshot said = ledger.base(source.name()).files();
      var versions = new TreeMap<FilePath, ReviewOffer.Versions>();
      sources
          .files(source)
          .forEach(file ->
              edits
                  .at(file.path())
                  .flatMap(edit -> versions(edit, files.at(file.kept()), said.at(file.kept())))
                  .ifPresent(it -> versions.put(file.category().file(), it)));
      Source told = ApiLinks.source(source.api(), sources.settings().author());
      notes.addAll(new ReviewOffer(told.onPullRequest(link.value()), clock).tell(versions));
    }
    return notes;
  }

  /** Empty where one of them has no such file. */
  private Optional<ReviewOffer.Versions> versions(
      FileChange edit, Optional<FileVersion> kept, Optional<FileVersion> said) {
    return edit.before().isEmpty() || edit.after().isEmpty() || kept.isEmpty() || said.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new ReviewOffer.Versions(
                read(edit.before().get()),
                read(edit.after().get()),
                read(kept.get()),
                read(said.get())));
  }

  private byte[] read(FileVersion version) {
    return ledger.read(version.content());
  }
}
