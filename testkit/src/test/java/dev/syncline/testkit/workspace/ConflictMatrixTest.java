package dev.syncline.testkit.workspace;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.syncline.core.model.FilePath;
import dev.syncline.core.model.FileVersion;
import dev.syncline.core.port.Endpoint;
import dev.syncline.core.port.Ledger;
import dev.syncline.testkit.SettableClock;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The conflict matrix in memory. */
final class ConflictMatrixTest {

  @Test
  void bothSidesEndWithWhatTheTableSays() {
    new ConflictMatrix(() -> new Memory(new Workbench()), new SettableClock()).play();
  }

  private record Memory(Ledger ledger, MatrixPlace other, MatrixPlace laptop)
      implements MatrixStage {

    Memory(Workbench bench) {
      this(bench.ledger, new Place(bench.desk("other")), new Place(bench.desk("laptop")));
    }

    @Override
    public void close() {
      ledger.close();
    }
  }

  private record Place(Workbench.Desk desk) implements MatrixPlace {

    @Override
    public Endpoint endpoint() {
      return desk.endpoint;
    }

    @Override
    public void change(Map<String, Optional<File>> changes) {
      changes.forEach((path, file) ->
          file.ifPresentOrElse(
              there -> desk.endpoint.write(new FilePath(path), version(there)),
              () -> desk.delete(path)));
    }

    private FileVersion version(File file) {
      return new FileVersion(
          desk.endpoint.contents().put(file.text().getBytes(UTF_8)), file.mode());
    }

    @Override
    public SortedMap<String, File> files() {
      var files = new TreeMap<String, File>();
      desk.endpoint
          .files()
          .files()
          .forEach((path, version) ->
              files.put(
                  path.value(),
                  new File(desk.endpoint.contents().text(version.content()), version.mode())));
      return files;
    }
  }
}
