package dev.syncline.server.config;

import dev.syncline.core.model.Author;
import dev.syncline.core.model.FilePath;
import dev.syncline.core.model.LinkName;
import dev.syncline.core.model.SyncException;
import dev.syncline.core.model.WorkspaceName;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A workspace as its file describes it.
 *
 * @param name after which its file is named
 * @param repository a folder that holds the ledger, and its files beside it, as a Git repository
 *     with a checkout does; none if empty
 * @param author of changes whose author nobody knows
 * @param authors who the users of an editor's server are, by their ids there
 * @param links by name, in the order of the file
 * @param policies from patterns of paths to the names of policies; the first that fits counts
 * @param safeguard what a person has to approve
 * @param signing how commits are signed, if they are
 * @param encryption which files are encrypted, if any are
 */
public record WorkspaceSettings(
    WorkspaceName name,
    Optional<Path> repository,
    Author author,
    Map<String, Author> authors,
    Map<LinkName, LinkSettings> links,
    Map<String, String> policies,
    Brakes safeguard,
    Optional<SigningSettings> signing,
    Optional<EncryptionSettings> encryption) {

  /**
   * When a run is held: more files, and a larger part of all, would be deleted or emptied.
   *
   * @param files a count
   * @param percent of all files, 0 to 100
   */
  public record Brakes(int files, int percent) {

    /** More than 25 files and more than a tenth. */
    public static final Brakes USUAL = new Brakes(25, 10);
  }

  public WorkspaceSettings {
    authors = Map.copyOf(authors);
    links = Collections.unmodifiableMap(new LinkedHashMap<>(links));
    policies = Collections.unmodifiableMap(new LinkedHashMap<>(policies));
  }

  /** Where each link that proposes changes writes them, if that is below one folder. */
  public Map<LinkName, Path> proposingInto(Path folder) {
    List<LinkName> proposing =
        links.entrySet().stream()
            .filter(link -> link.getValue().place() instanceof LinkSettings.Place.Reviewed)
            .map(Map.Entry::getKey)
            .toList();
    return proposing.stream()
        .collect(
            Collectors.toMap(
                link -> link,
                link -> proposing.size() == 1 ? folder : folder.resolve(link.value())));
  }

  /** Whether a folder is the checkout beside the ledger. */
  public boolean isCheckout(Path folder) {
    return repository.filter(folder::equals).isPresent();
  }

  /**
   * Makes sure that clear contents of a file may be taken from elsewhere than a folder.
   *
   * @throws SyncException.Invalid if it is encrypted
   */
  public void mustTakeClear(FilePath path) {
    if (encryption.filter(it -> it.concerns(path)).isPresent()) {
      throw new SyncException.Invalid(
          "\"" + path + "\" is encrypted, and what is sent is not: change it in a folder");
    }
  }
}
