package dev.syncline.server.endpoint.proposal;

import dev.syncline.core.model.Changes;
import dev.syncline.core.model.FilePath;
import dev.syncline.core.model.FileVersion;
import dev.syncline.core.model.Snapshot;
import dev.syncline.core.port.Contents;
import dev.syncline.core.port.Derivation;
import dev.syncline.core.port.PullRequests.Company;
import dev.syncline.core.records.RecordForm;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * How changes are proposed.
 *
 * @param base the branch that they are proposed to, without {@code refs/heads/}
 * @param branch the branch that carries them
 * @param isOurs which of the repository's files the link sees
 * @param forms how files hold records, where their names don't say it
 * @param derived files that follow from others
 * @param threshold how much has to differ before a pull request is opened
 * @param wording what is said
 * @param company who and what is added to a pull request
 */
public record ProposalSettings(
    String base,
    String branch,
    Predicate<FilePath> isOurs,
    Map<FilePath, RecordForm> forms,
    List<Derivation> derived,
    Threshold threshold,
    Wording wording,
    Company company) {

  public ProposalSettings {
    forms = Map.copyOf(forms);
    derived = List.copyOf(derived);
  }

  RecordForm form(FilePath path) {
    RecordForm given = forms.get(path);
    return given == null ? RecordForm.ofFile(path.value(), Optional.empty()) : given;
  }

  /**
   * What the files that concern us become, those that follow from others among them: they go with
   * the file that they follow from.
   *
   * @param now the files as they are
   */
  Map<FilePath, Optional<FileVersion>> files(Snapshot now, Changes changes, Contents contents) {
    var files = new HashMap<FilePath, Optional<FileVersion>>();
    changes.byPath().forEach((path, change) -> files.put(path, change.after()));
    for (Derivation derived : derived) {
      Optional<FileVersion> before = now.at(derived.derived());
      changes
          .at(derived.master())
          .map(change -> change.after().map(master -> made(derived, master, contents)))
          .filter(after -> !after.equals(before))
          .ifPresent(after -> files.put(derived.derived(), after));
    }
    return files;
  }

  private static FileVersion made(Derivation by, FileVersion master, Contents contents) {
    return FileVersion.regular(contents.put(by.derive(contents.read(master.content()))));
  }
}
