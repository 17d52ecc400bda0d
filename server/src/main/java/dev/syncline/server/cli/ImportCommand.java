package dev.syncline.server.cli;

import dev.syncline.core.model.DocumentId;
import dev.syncline.core.model.SyncException;
import dev.syncline.server.view.Documents;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Brings documents in, from the storage folder of the Node server or from a file. */
record ImportCommand(Context context) implements Command {

  private static final String SUFFIX = ".automerge";

  @Override
  public Shape shape() {
    return Context.withPlace(
            Shape.of(
                "import",
                "Add the documents of an automerge-repo storage folder (NodeFS), or one file."))
        .parameter("PATH", "The folder that the Node server calls DATA_DIR, or an Automerge file.")
        .option("--id", "ID", "The document that the file is added to. Default: the file's name.")
        .examples(
            "syncline documents import .amrg",
            "syncline documents import plan.automerge --id 4NMNnkMhL8jXrdJ9jamS58PAVdXu");
  }

  @Override
  public ExitCode run(Arguments given) throws IOException {
    Path path = context.console().folder().resolve(given.parameter());
    List<NodeFsFolder.Stored> documents =
        Files.isDirectory(path) ? inFolder(path, given) : List.of(inFile(path, given));
    return context.administer(given, server -> importAll(documents, server.documents()));
  }

  private static List<NodeFsFolder.Stored> inFolder(Path folder, Arguments given)
      throws IOException {
    if (given.option("--id").isPresent()) {
      throw new UsageException("--id is for a file; a folder names its documents itself");
    }
    List<NodeFsFolder.Stored> documents = new NodeFsFolder(folder).documents();
    if (documents.isEmpty()) {
      throw new SyncException.Invalid(
          folder
              + " holds no documents: a storage folder of automerge-repo looks like"
              + " 21/z79yi…/snapshot/4ab6…");
    }
    return documents;
  }

  private static NodeFsFolder.Stored inFile(Path file, Arguments given) throws IOException {
    if (!Files.exists(file)) {
      throw new NotFoundException("there is no file or folder " + file);
    }
    String name = String.valueOf(file.getFileName());
    String stem = name.endsWith(SUFFIX) ? name.substring(0, name.length() - SUFFIX.length()) : name;
    Optional<DocumentId> id = given.option("--id").map(Arguments::document);
    if (id.isEmpty()) {
      try {
        id = Optional.of(DocumentId.parse(stem));
      } catch (SyncException.Invalid e) {
        throw new UsageException(name + " is not named after a document: add --id ID");
      }
    }
    return new NodeFsFolder.Stored(String.valueOf(id.get()), id, List.of(file));
  }

  private ExitCode importAll(List<NodeFsFolder.Stored> documents, Documents target)
      throws IOException {
    var report = new ImportReport(context.console());
    for (NodeFsFolder.Stored document : documents) {
      if (document.id().isEmpty()) {
        report.notADocument(document.name());
      } else {
        add(document, document.id().get(), target, report);
      }
    }
    return report.end();
  }

  private static void add(
      NodeFsFolder.Stored document, DocumentId id, Documents target, ImportReport report)
      throws IOException {
    try (var in = new ChunkFiles(document.files())) {
      report.added(document.name(), target.add(id, in));
      return;
    } catch (SyncException.Invalid e) {
      if (document.files().size() == 1) {
        report.damaged(document.name(), document.files().getFirst(), e);
        return;
      }
    }
    // One damaged file, torn by a crash for instance, must not cost the others: each alone. Changes
    // that came in already are recognised.
    var sum = new Documents.Added(0, 0, 0, 0);
    for (Path file : document.files()) {
      try (var in = new ChunkFiles(List.of(file))) {
        sum = plus(sum, target.add(id, in));
      } catch (SyncException.Invalid e) {
        report.damaged(document.name(), file, e);
      }
    }
    // What waited for a change of a later file waits no longer.
    int waiting = target.show(id).map(Documents.Detail::waiting).orElse(0);
    report.added(
        document.name(), new Documents.Added(sum.added(), sum.known(), waiting, sum.unreadable()));
  }

  private static Documents.Added plus(Documents.Added left, Documents.Added right) {
    return new Documents.Added(
        left.added() + right.added(),
        left.known() + right.known(),
        0,
        left.unreadable() + right.unreadable());
  }
}
