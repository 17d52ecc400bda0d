package dev.syncline.server.cli;

import dev.syncline.core.model.DocumentId;
import dev.syncline.server.cli.FileOutput.Overwrite;
import dev.syncline.server.config.Json;
import dev.syncline.server.view.Documents;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;

/** What can be done with stored documents. */
final class DocumentCommands {

  private DocumentCommands() {}

  static Command of(Context context) {
    return Group.of(
        "documents",
        "List, show, export, import and delete stored documents.",
        new ListAll(context),
        new Show(context),
        new Export(context),
        new ImportCommand(context),
        new Delete(context));
  }

  /** Lists ids. */
  private record ListAll(Context context) implements Command {

    private static final int PAGE = 1000;

    @Override
    public Shape shape() {
      return Context.withPlace(
              Shape.of("list", "List the ids of all documents, in the order of their bytes."))
          .option("--after", "ID", "Only those that come after this one.")
          .option("--limit", "COUNT", "At most so many.")
          .flag("--json", "Print JSON, a line for each document.")
          .examples("syncline documents list", "syncline documents list --limit 10 --json");
    }

    @Override
    public ExitCode run(Arguments given) throws IOException {
      Optional<DocumentId> after = given.option("--after").map(Arguments::document);
      long limit = given.option("--limit").map(ListAll::count).orElse(Long.MAX_VALUE);
      return context.administer(
          given, server -> list(server.documents(), after, limit, given.has("--json")));
    }

    private ExitCode list(
        Documents documents, Optional<DocumentId> first, long limit, boolean json) {
      Optional<DocumentId> after = first;
      long left = limit;
      while (left > 0) {
        int wanted = (int) Math.min(left, PAGE);
        List<DocumentId> page = documents.list(after, wanted);
        for (DocumentId id : page) {
          // Only letters and digits: nothing to escape.
          context.console().out().println(json ? "{\"document\":\"" + id + "\"}" : id.toString());
        }
        if (page.size() < wanted) {
          break;
        }
        left -= page.size();
        after = Optional.of(page.getLast());
      }
      return ExitCode.OK;
    }

    private static long count(String text) {
      if (!text.matches("[0-9]{1,18}")) {
        throw new UsageException("--limit: `" + text + "` is no whole number");
      }
      return Long.parseLong(text);
    }
  }

  /** Shows one. */
  private record Show(Context context) implements Command {
    @Override
    public Shape shape() {
      return Context.withPlace(Shape.of("show", "Show what is stored of a document."))
          .parameter("ID", "The document's id, or its automerge: link.")
          .flag("--json", "Print JSON.")
          .examples("syncline documents show 4NMNnkMhL8jXrdJ9jamS58PAVdXu");
    }

    @Override
    public ExitCode run(Arguments given) throws IOException {
      DocumentId id = Arguments.document(given.parameter());
      Documents.Detail detail =
          context
              .administer(given, server -> server.documents().show(id))
              .orElseThrow(() -> new NotFoundException("there is no document " + id));
      context.console().out().print(given.has("--json") ? json(detail) : text(detail));
      return ExitCode.OK;
    }

    private static String text(Documents.Detail detail) {
      return Texts.table(
          List.of(
              List.of("document", detail.document().toString()),
              List.of("heads", String.join(" ", detail.heads())),
              List.of("changes", String.valueOf(detail.changes())),
              List.of("waiting", String.valueOf(detail.waiting())),
              List.of("size", Texts.bytes(detail.bytes())),
              List.of("open in", Texts.count(detail.peers(), "connection"))));
    }

    private static String json(Documents.Detail detail) {
      var json = new LinkedHashMap<String, Object>();
      json.put("document", detail.document());
      json.put("heads", detail.heads());
      json.put("changes", detail.changes());
      json.put("waiting", detail.waiting());
      json.put("bytes", detail.bytes());
      json.put("peers", detail.peers());
      return Json.pretty(json) + "\n";
    }
  }

  /** Writes one as an Automerge file. */
  private record Export(Context context) implements Command {
    @Override
    public Shape shape() {
      return Context.withPlace(
              Shape.of("export", "Write a document as a file that every Automerge can load."))
          .parameters("ID [FILE]", "The document, and the file to write; - or nothing for stdout.")
          .flag("--force", "Replace the file if it is there already.")
          .examples(
              "syncline documents export 4NMNnkMhL8jXrdJ9jamS58PAVdXu plan.automerge",
              "syncline documents export 4NMNnkMhL8jXrdJ9jamS58PAVdXu | wc -c");
    }

    @Override
    public ExitCode run(Arguments given) throws IOException {
      List<String> words = given.parameters();
      if (words.size() > 2) {
        throw new UsageException("one document and one file, not " + words.size() + " words");
      }
      DocumentId id = Arguments.document(words.getFirst());
      var output =
          new FileOutput(
              context.console(),
              words.size() < 2 ? "-" : words.getLast(),
              given.has("--force") ? Overwrite.REPLACE : Overwrite.REFUSE);
      return context.administer(given, server -> export(server.documents(), id, output));
    }

    private static ExitCode export(Documents documents, DocumentId id, FileOutput output)
        throws IOException {
      if (documents.show(id).isEmpty()) {
        throw new NotFoundException("there is no document " + id);
      }
      return output.write(out -> {
        documents.export(id, out);
        return ExitCode.OK;
      });
    }
  }

  /** Forgets some. */
  private record Delete(Context context) implements Command {
    @Override
    public Shape shape() {
      return Context.withPlace(
              Shape.of(
                  "delete",
                  "Forget documents. A client that still holds one brings it back when it connects."))
          .parameters("ID", "A document's id, or its automerge: link.")
          .flag("--yes", "Needed, because it can't be undone.")
          .examples("syncline documents delete --yes 4NMNnkMhL8jXrdJ9jamS58PAVdXu");
    }

    @Override
    public ExitCode run(Arguments given) throws IOException {
      List<DocumentId> ids = given.parameters().stream().map(Arguments::document).toList();
      if (!given.has("--yes")) {
        throw new UsageException("deleting can't be undone: add --yes to do it");
      }
      List<String> unknown =
          context.administer(
              given,
              server ->
                  ids.stream()
                      .filter(id -> !server.documents().delete(id))
                      .map(DocumentId::toString)
                      .toList());
      if (!unknown.isEmpty()) {
        throw new NotFoundException("there is no document " + String.join(", ", unknown));
      }
      return ExitCode.OK;
    }
  }
}
