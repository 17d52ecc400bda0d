package dev.syncline.server.cli;

import dev.syncline.core.model.SyncException;
import dev.syncline.server.view.Documents;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * Tells how an import goes: on stdout a line for each document, and at the end which of them are
 * not complete. Not thread-safe.
 */
final class ImportReport {

  private final Console console;
  private final Set<String> unreadable = new LinkedHashSet<>();
  private final Set<String> damaged = new LinkedHashSet<>();
  private long documents;
  private long added;
  private long known;

  ImportReport(Console console) {
    this.console = console;
  }

  void added(String document, Documents.Added result) {
    documents++;
    added += result.added();
    known += result.known();
    var line = new StringBuilder(document);
    line.append("  ").append(Texts.count(result.added(), "change")).append(" added");
    if (result.known() > 0) {
      line.append(", ").append(result.known()).append(" known before");
    }
    if (result.waiting() > 0) {
      line.append(", ")
          .append(result.waiting())
          .append(" not kept, since changes before them are missing");
    }
    if (result.unreadable() > 0) {
      unreadable.add(document);
      line.append(", ")
          .append(Texts.count(result.unreadable(), "whole-document chunk"))
          .append(" not read");
    }
    console.out().println(line);
  }

  void damaged(String document, Path file, SyncException.Invalid cause) {
    damaged.add(document);
    console.err().println("syncline: " + file + " is damaged: " + cause.getMessage());
  }

  void notADocument(String name) {
    damaged.add(name);
    console.err().println("syncline: " + name + " is no document id: left out");
  }

  /** Says what became of it all. */
  ExitCode end() {
    console
        .out()
        .println(
            "%s: %s added, %d known before"
                .formatted(
                    Texts.count(documents, "document"), Texts.count(added, "change"), known));
    if (!unreadable.isEmpty()) {
      console
          .err()
          .println(
              "syncline: "
                  + Texts.count(unreadable.size(), "document")
                  + " can't be read whole yet, since they hold changes in the form of a whole"
                  + " document; keep the old files, and let a client that has them connect: "
                  + String.join(", ", unreadable));
    }
    if (!damaged.isEmpty()) {
      console
          .err()
          .println("syncline: damaged or left out, see above: " + String.join(", ", damaged));
    }
    return unreadable.isEmpty() && damaged.isEmpty() ? ExitCode.OK : ExitCode.BAD_DATA;
  }
}
