package dev.syncline.server.cli;

import dev.syncline.core.model.WorkspaceName;
import dev.syncline.server.config.Connector;
import dev.syncline.server.config.Uuid;
import dev.syncline.server.view.Workspaces;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The workspaces of shared folders, by what a Relay Server calls them. */
record RelayFolders(Workspaces workspaces) {

  private static final String MADE = "Made by syncline sync.";

  /**
   * The workspaces of a relay's folders, or that of one of them, which is made if there is none.
   *
   * @throws UsageException if an id is none
   * @throws NotFoundException if no folder of the relay is followed
   */
  List<WorkspaceName> chosen(String relay, Optional<String> folder) {
    String id = uuid(relay, "relay");
    if (folder.isPresent()) {
      var connector = new Connector(id, uuid(folder.get(), "folder"), Optional.empty());
      List<WorkspaceName> known = following(connector.id());
      return known.isEmpty() ? List.of(follow(connector)) : known;
    }
    List<WorkspaceName> known = following(id + "-");
    if (known.isEmpty()) {
      throw new NotFoundException(
          "no folder of the relay " + id + " is followed: name one with --folder-id");
    }
    return known;
  }

  private List<WorkspaceName> following(String id) {
    return workspaces.names().stream()
        .filter(name ->
            workspaces.text(name).toLowerCase(Locale.ROOT).matches("(?s).*\\brelay: ?" + id + ".*"))
        .toList();
  }

  private WorkspaceName follow(Connector connector) {
    var name = new WorkspaceName(connector.workspace());
    workspaces.put(name, connector.text(MADE));
    return name;
  }

  private static String uuid(String text, String what) {
    String lower = text.toLowerCase(Locale.ROOT);
    if (!Uuid.is(lower)) {
      throw new UsageException(
          "Invalid "
              + what
              + " ID format. Expected UUID format: xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx");
    }
    return lower;
  }
}
