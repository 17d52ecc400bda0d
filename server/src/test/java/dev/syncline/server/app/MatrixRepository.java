package dev.syncline.server.app;

import dev.syncline.core.model.FileMode;
import dev.syncline.core.model.LinkName;
import dev.syncline.core.port.Endpoint;
import dev.syncline.server.endpoint.git.GitEndpoint;
import dev.syncline.server.ledger.GitLedger;
import dev.syncline.server.ledger.NativeGit;
import dev.syncline.server.ledger.remote.Credentials;
import dev.syncline.server.ledger.remote.FetchProgress;
import dev.syncline.server.ledger.remote.GitRemoteBranch;
import dev.syncline.server.ledger.remote.RemoteLimits;
import dev.syncline.server.ledger.remote.RemoteSpec;
import dev.syncline.server.ledger.remote.RemoteUrl;
import dev.syncline.testkit.workspace.MatrixPlace;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** A bare repository that somebody pushes to. */
record MatrixRepository(Path bare, Endpoint endpoint) implements MatrixPlace {

  private static final String BRANCH = "refs/heads/main";

  static MatrixRepository of(Path folder, LinkName link, GitLedger ledger) {
    Path bare = NativeGit.bare(folder);
    var spec =
        new RemoteSpec(
            link,
            RemoteUrl.parse(bare.toString(), Set.of(RemoteUrl.Allowed.FOLDERS)),
            "main",
            new Credentials.None(),
            RemoteLimits.USUAL);
    var branch = new GitRemoteBranch(ledger, spec, InstantSource.system(), FetchProgress.NONE);
    return new MatrixRepository(bare, new GitEndpoint(branch, () -> ledger.base(link).tip()));
  }

  @Override
  public void change(Map<String, Optional<File>> changes) {
    if (changes.isEmpty()) {
      return;
    }
    var script =
        new StringBuilder("commit " + BRANCH + "\n")
            .append("committer Bea <bea@example.org> 1790000000 +0000\n")
            .append("data 1\n.\n");
    if (!NativeGit.git(bare, "for-each-ref", BRANCH).isEmpty()) {
      script.append("from ").append(BRANCH).append("^0\n");
    }
    changes.forEach((path, file) ->
        script.append(
            file.map(it ->
                    ("M " + mode(it.mode()) + " inline " + path + "\n")
                        + ("data " + it.text().length() + "\n" + it.text() + "\n"))
                .orElse("D " + path + "\n")));
    NativeGit.git(
        bare, script.toString().getBytes(StandardCharsets.US_ASCII), "fast-import", "--quiet");
  }

  @Override
  public SortedMap<String, File> files() {
    var found = new TreeMap<String, File>();
    NativeGit.Output listed =
        new NativeGit(bare).attempt(List.of("ls-tree", "-r", BRANCH), new byte[0]);
    if (listed.code() == 0) { // There is a branch.
      listed
          .out()
          .lines()
          .map(line -> line.split("[ \t]", 4))
          .forEach(parts -> found.put(parts[3], new File(text(parts[2]), mode(parts[0]))));
    }
    return found;
  }

  /** Not by {@link NativeGit#git}, which cuts the ends. */
  private String text(String blob) {
    return new NativeGit(bare).run("cat-file", "blob", blob);
  }

  private static String mode(FileMode mode) {
    return switch (mode) {
      case REGULAR -> "100644";
      case EXECUTABLE -> "100755";
      case SYMLINK -> "120000";
      case GITLINK -> "160000";
    };
  }

  private static FileMode mode(String octal) {
    return Set.of(FileMode.values()).stream()
        .filter(mode -> mode(mode).equals(octal))
        .findFirst()
        .orElseThrow();
  }
}
