package dev.syncline.server.app;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.syncline.server.endpoint.jsonapi.SourceServer;
import dev.syncline.server.forge.testforge.TestForge;
import dev.syncline.server.forge.testforge.TestPull;
import dev.syncline.server.ledger.NativeGit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.function.UnaryOperator;

/** A source, a repository on a forge, and the command line on a workspace that joins them. */
final class ReferenceStage implements AutoCloseable {

  static final String BRANCH = "sync/data";

  final SourceServer source = new SourceServer();
  final TestForge forge;
  final Desk desk;
  private final Path file;

  /**
   * @param files what the repository has, and the categories {@code clip} and {@code blip} in it
   */
  ReferenceStage(Path folder, Map<String, String> files) throws IOException {
    forge = TestForge.gitea(folder.resolve("forge"), InstantSource.system());
    forge.commit("main", "first", files);
    desk = new Desk(Files.createDirectories(folder.resolve("desk")));
    Path token = Files.writeString(desk.folder.resolve("token"), TestForge.TOKEN);
    file =
        Files.writeString(
            desk.folder.resolve("reference.yaml"),
            """
            author: Bot <bot@example.org>
            links:
              host:
                git: %s
                token-file: %s
                include: [/clip.json, /blip.json]
                pull-request: # never push to the branch itself
                  forge: gitea
                  branch: %s
                  source: The catalogue
                  labels: [automated]
              source:
                json-api: %s
                categories:
                  clip: {}
                  blip: {}
            """
                .formatted(forge.url(), token, BRANCH, source.base()));
  }

  /** Changes the workspace's file. */
  void configure(UnaryOperator<String> change) throws IOException {
    Files.writeString(file, change.apply(Files.readString(file)));
  }

  Desk.Ended sync(String... more) {
    var command = new String[more.length + 4];
    System.arraycopy(
        new String[] {"reference", "sync", "--workspace-file", "reference.yaml"}, 0, command, 0, 4);
    System.arraycopy(more, 0, command, 4, more.length);
    return desk.run(command);
  }

  /** One that has nothing to complain about. */
  String mustSync() {
    Desk.Ended said = sync();
    assertEquals(0, said.code().number(), said::toString);
    return said.out();
  }

  int pulls() {
    return forge.pulls().all().size();
  }

  TestPull onlyPull() {
    assertEquals(1, pulls());
    return forge.pulls().all().getFirst();
  }

  /** Git's answer about the repository on the forge. */
  String git(String... arguments) {
    return NativeGit.git(forge.repository().path(), arguments);
  }

  @Override
  public void close() {
    desk.close();
    forge.close();
    source.close();
  }
}
