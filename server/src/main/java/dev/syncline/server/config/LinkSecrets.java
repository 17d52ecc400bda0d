package dev.syncline.server.config;

import dev.syncline.core.model.SyncException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/** The secrets of a link, by the keys that say where they are. */
public final class LinkSecrets {

  private LinkSecrets() {}

  /** What a link shows to its place. */
  public static SequencedMap<String, Secret> of(LinkSettings.Place place) {
    var secrets = new LinkedHashMap<String, Secret>();
    switch (place) {
      case LinkSettings.Place.Folder _ -> {}
      case LinkSettings.Place.Branch branch -> secrets.putAll(of(branch.access()));
      case LinkSettings.Place.Reviewed(var branch, var requests) -> {
        secrets.putAll(of(branch.access()));
        requests.host().token().ifPresent(it -> secrets.put("pull-request.token-file", it));
      }
      case LinkSettings.Place.Shared shared ->
          shared.key().ifPresent(it -> secrets.put("key-file", it));
      case LinkSettings.Place.Api(ApiSettings api) ->
          api.access().token().ifPresent(it -> secrets.put("token-file", it));
    }
    return secrets;
  }

  /** What is shown to the host of a repository. */
  public static SequencedMap<String, Secret> of(LinkSettings.Access access) {
    var secrets = new LinkedHashMap<String, Secret>();
    switch (access) {
      case LinkSettings.Access.Open() -> {}
      case LinkSettings.Access.Token(String _, Secret token) -> secrets.put("token-file", token);
      case LinkSettings.Access.App app -> secrets.put("github-app.key-file", app.key());
      case LinkSettings.Access.Key(Path key, Optional<Secret> passphrase) -> {
        secrets.put("ssh-key", Secret.file(key));
        passphrase.ifPresent(it -> secrets.put("passphrase-file", it));
      }
    }
    return secrets;
  }

  /**
   * Which of them is in a file that can't be read, with the reason; empty if each can. What is in a
   * variable is not looked at: it may be another process that has it.
   */
  public static Optional<String> unreadable(SequencedMap<String, Secret> secrets) {
    for (Map.Entry<String, Secret> secret : secrets.entrySet()) {
      if (secret.getValue().file().isPresent()) {
        try {
          secret.getValue().value();
        } catch (SyncException e) {
          return Optional.of(secret.getKey() + ": " + e.getMessage());
        }
      }
    }
    return Optional.empty();
  }
}
