package dev.syncline.server.endpoint.sealed;

import dev.syncline.core.model.ContentId;
import dev.syncline.core.model.FilePath;
import dev.syncline.core.model.Finding;
import dev.syncline.core.model.LinkName;
import dev.syncline.core.model.SyncException;
import dev.syncline.core.port.Contents;
import dev.syncline.core.port.Ledger;
import dev.syncline.server.config.EncryptionSettings;
import dev.syncline.server.config.Secret;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Looks whether files can be encrypted and opened here, and are encrypted. */
public final class VaultCheck {

  /** Looking at the beginning of a file takes a fraction of a millisecond. */
  private static final int MOST_LOOKED_AT = 20_000;

  /** Trying to open one takes a millisecond. */
  private static final int MOST_OPENED = 200;

  private static final Set<PosixFilePermission> OTHERS =
      Set.of(PosixFilePermission.GROUP_READ, PosixFilePermission.OTHERS_READ);

  private final EncryptionSettings settings;
  private final AgeKeys keys;
  private final List<LinkName> folders;

  private VaultCheck(EncryptionSettings settings, List<LinkName> folders) {
    this.settings = settings;
    this.keys = new AgeKeys(settings);
    this.folders = folders;
  }

  /**
   * Everything that can be told of a workspace's encryption.
   *
   * @param folders links that hold files in the clear
   */
  public static List<Finding> of(
      EncryptionSettings settings, List<LinkName> folders, Ledger ledger) {
    return new VaultCheck(settings, folders).all(ledger);
  }

  private List<Finding> all(Ledger ledger) {
    var findings = new ArrayList<Finding>();
    Finding key = key();
    findings.add(key);
    settings
        .identities()
        .flatMap(Secret::file)
        .flatMap(VaultCheck::others)
        .ifPresent(findings::add);
    var sealed = new ArrayList<Map.Entry<FilePath, ContentId>>();
    var clear = new ArrayList<FilePath>();
    concerned(ledger)
        .forEach((path, content) -> {
          if (Vault.isSealed(content, ledger)) {
            sealed.add(Map.entry(path, content));
          } else {
            clear.add(path);
          }
        });
    if (!clear.isEmpty()) {
      findings.add(inTheClear(clear));
    }
    if (!folders.isEmpty() && !sealed.isEmpty() && key.verdict() == Finding.Verdict.OK) {
      findings.add(opening(sealed, ledger));
    }
    return findings;
  }

  private Finding key() {
    if (folders.isEmpty()) {
      return Finding.ok("key", "none is needed: no folder here has these files in the clear");
    }
    try {
      keys.mustOpen();
      String all = count(keys.recipients().size(), "recipient", "recipients");
      return Finding.ok("key", "it opens what is sealed here, for " + all);
    } catch (SyncException.Denied e) {
      return Finding.wrong(
          "key",
          String.valueOf(e.getMessage()),
          "Until then nothing is done by "
              + folders.stream().map(LinkName::value).collect(Collectors.joining(" and "))
              + ". age-keygen -o FILE makes a key; who has one brings its file to this machine.");
    }
  }

  private static Optional<Finding> others(Path file) {
    var view = Files.getFileAttributeView(file, PosixFileAttributeView.class);
    try {
      if (view == null
          || view.readAttributes().permissions().stream().noneMatch(OTHERS::contains)) {
        return Optional.empty();
      }
      return Optional.of(
          Finding.warning(
              "key file", file + " can be read by others on this machine", "chmod 600 " + file));
    } catch (IOException _) {
      return Optional.empty(); // it is not there, as the key's finding says
    }
  }

  /** Files of the newest version that are to be encrypted; not all, if there are very many. */
  private Map<FilePath, ContentId> concerned(Ledger ledger) {
    var concerned = new TreeMap<FilePath, ContentId>();
    ledger
        .head()
        .files()
        .forEach((path, version) -> {
          if (concerned.size() < MOST_LOOKED_AT
              && version.mode().isFile()
              && settings.concerns(path)
              && !version.content().equals(Vault.EMPTY)) {
            concerned.put(path, version.content());
          }
        });
    return concerned;
  }

  private static Finding inTheClear(List<FilePath> clear) {
    return Finding.warning(
        "clear files",
        "in the newest version "
            + count(clear.size(), "file that is", "files that are")
            + " to be encrypted and in the clear: "
            + clear.getFirst()
            + (clear.size() == 1 ? "" : " and others")
            + ", from before the pattern, or from a branch",
        "Take each out of its folder, syncline sync, and put it back. The history, and whoever has a"
            + " copy of it, keeps the clear text: change the secrets, too.");
  }

  private Finding opening(List<Map.Entry<FilePath, ContentId>> sealed, Contents ledger) {
    var locked = new ArrayList<FilePath>();
    int tried = Math.min(sealed.size(), MOST_OPENED);
    for (int i = 0; i < tried; i++) {
      var each = sealed.get((int) ((long) i * sealed.size() / tried));
      if (!opens(each.getValue(), ledger)) {
        locked.add(each.getKey());
      }
    }
    String all = count(tried, "age file was", "age files were") + " tried";
    return locked.isEmpty()
        ? Finding.ok("age files", all + ", and opened")
        : Finding.warning(
            "age files",
            all
                + ", and "
                + locked.size()
                + " not opened by any identity here: "
                + locked.getFirst()
                + (locked.size() == 1 ? "" : " and others")
                + "; such files stay as they are on both sides",
            "Add the identity that opens them to `identity-file`, below the others; or let somebody"
                + " who can read them change them, with your recipient among the `recipients`.");
  }

  private boolean opens(ContentId sealed, Contents ledger) {
    try (InputStream in = keys.opening(ledger.open(sealed))) {
      in.read();
      return true;
    } catch (IOException _) {
      return false;
    }
  }

  private static String count(int number, String one, String many) {
    return number + " " + (number == 1 ? one : many);
  }
}
