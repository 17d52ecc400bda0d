package dev.syncline.server.ledger;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.syncline.core.model.Changes;
import dev.syncline.core.model.CommitId;
import dev.syncline.core.model.ContentId;
import dev.syncline.core.model.FileChange;
import dev.syncline.core.model.FileMode;
import dev.syncline.core.model.FilePath;
import dev.syncline.core.model.FileVersion;
import dev.syncline.core.model.Glob;
import dev.syncline.core.model.LinkName;
import dev.syncline.core.model.PathMapping;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jgit.lib.ObjectId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is stored as text has one form: a reader of another version must not guess. */
final class StoredTextsTest {

  @TempDir Path directory;

  @Test
  void baseHasThisForm() {
    var version = new FileVersion(ContentId.ofContents(new byte[0]), FileMode.EXECUTABLE);
    var base =
        new BaseText(
            new LinkName("folder"),
            7,
            Instant.parse("2026-11-21T08:00:00.5Z"),
            Optional.of(new CommitId("a".repeat(40))),
            Optional.of(new CommitId("b".repeat(40))),
            Changes.of(Map.of(new FilePath("x/y"), new FileChange.Added(version))),
            new PathMapping(
                Optional.of(new FilePath("docs")),
                List.of(Glob.of("*.md")),
                List.of(Glob.of("q\"\\\n")),
                List.of(new PathMapping.Renamed(new FilePath("a"), new FilePath("b/\uDC80")))));
    String text =
        """
        Syncline: base of folder

        format: "1"
        link: "folder"
        count: "7"
        at: "2026-11-21T08:00:00.500Z"
        tip: "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
        offered: "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb"
        besides: "x/y"
        to: "100755 e69de29bb2d1d6434b8b29ae775ad8c2e48c5391"
        prefix: "docs"
        include: "*.md"
        exclude: "q\\u0022\\u005c\\u000a"
        renamed: "a"
        as: "b/\\udc80"
        """;
    assertEquals(text, base.format());
    assertEquals(Optional.of(base), BaseText.parse(text));
  }

  @Test
  void otherFormsOfABaseAreNotRead() {
    String sound =
        new BaseText(
                new LinkName("folder"),
                7,
                Instant.EPOCH,
                Optional.empty(),
                Optional.empty(),
                Changes.NONE,
                PathMapping.WHOLE)
            .format();
    assertEquals(7, BaseText.parse(sound).orElseThrow().count());
    for (String other :
        List.of(
            "",
            sound + "\n",
            sound + "more: \"x\"\n",
            sound.replace("\"7\"", "\"07\""),
            sound.replace("\"7\"", "\"x\""),
            sound.replace("\"1\"", "\"2\""),
            sound.replace("folder", "Folder"),
            sound.replace("count: \"7\"\n", ""),
            sound.replace("count", "size"),
            sound.replace("folder", "\\u0066older"),
            sound.substring(0, sound.length() - 1))) {
      assertEquals(Optional.empty(), BaseText.parse(other), other);
    }
  }

  @Test
  void packedRefsAreAsGitWritesThem() throws IOException {
    NativeGit.need("git");
    var git = new NativeGit(directory);
    git.run("init", "-q", "--bare");
    String tree = git.feed(new byte[0], "mktree").strip();
    String commit =
        git.run("-c", "user.name=E", "-c", "user.email=e@e", "commit-tree", "-m", "x", tree)
            .strip();
    for (String name :
        List.of("refs/heads/main", "refs/heads/ü", "refs/heads/a-b", "refs/heads/a/b")) {
      git.run("update-ref", name, commit);
    }
    git.run("-c", "user.name=E", "-c", "user.email=e@e", "tag", "-a", "-m", "t", "tag", commit);
    git.run("pack-refs", "--all");
    byte[] file = Files.readAllBytes(directory.resolve("packed-refs"));
    PackedRefs refs = PackedRefs.parse(file).orElseThrow();
    assertArrayEquals(file, refs.format());
    assertEquals(Optional.of(ObjectId.fromString(commit)), refs.get("refs/heads/a/b"));
    PackedRefs moved =
        refs.with(
            Map.of(
                "refs/heads/main", Optional.empty(),
                "refs/syncline/base/x", Optional.of(ObjectId.fromString(commit))));
    Files.write(directory.resolve("packed-refs"), moved.format());
    assertEquals(
        List.of(
            "refs/heads/a-b",
            "refs/heads/a/b",
            "refs/heads/ü",
            "refs/syncline/base/x",
            "refs/tags/tag"),
        git.run("for-each-ref", "--format=%(refname)").lines().toList());
    for (String garbage :
        List.of("x", commit + " refs/heads/a b\n", "^" + commit + "\n", commit + "\n")) {
      assertEquals(
          Optional.empty(), PackedRefs.parse(garbage.getBytes(StandardCharsets.UTF_8)), garbage);
    }
  }
}
