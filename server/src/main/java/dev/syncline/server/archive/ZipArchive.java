package dev.syncline.server.archive;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.syncline.core.model.DocumentId;
import dev.syncline.core.model.SealedToken;
import dev.syncline.core.model.SyncException;
import dev.syncline.core.model.WorkspaceName;
import dev.syncline.core.port.AccessTokens;
import dev.syncline.server.view.Archive;
import dev.syncline.server.view.Documents;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** Backups as zip files, which other programs can look into and check. Thread-safe. */
public final class ZipArchive implements Archive {

  private static final int PAGE = 1000;
  private static final String DOCUMENTS = "documents/";
  private static final String SUFFIX = ".automerge";
  private static final String WORKSPACES = "workspaces/";
  private static final String FILE = "/workspace.yaml";
  private static final String LEDGER = "/ledger.bundle";
  private static final String TOKENS = "tokens.json";
  private static final String FORMAT = "format";
  private static final String FORMAT_LINE = "syncline-backup 1\n";

  private final Documents documents;
  private final AccessTokens tokens;
  private final SavedWorkspaces workspaces;
  private final Path scratch;

  /**
   * @param scratch an existing directory with room for a backup that is restored
   */
  public ZipArchive(
      Documents documents, AccessTokens tokens, SavedWorkspaces workspaces, Path scratch) {
    this.documents = documents;
    this.tokens = tokens;
    this.workspaces = workspaces;
    this.scratch = scratch;
  }

  @Override
  public Contents backup(OutputStream out) throws IOException {
    var writer = new BackupWriter(out);
    writer.write(FORMAT, entry -> entry.write(FORMAT_LINE.getBytes(UTF_8)));
    List<SealedToken> sealed = tokens.export();
    byte[] json =
        JsonMapper.shared().writeValueAsBytes(sealed.stream().map(TokenEntry::of).toList());
    writer.write(TOKENS, entry -> entry.write(json));
    List<WorkspaceName> names = workspaces.names();
    for (WorkspaceName name : names) {
      byte[] text = workspaces.text(name).getBytes(UTF_8);
      writer.write(WORKSPACES + name + FILE, entry -> entry.write(text));
      writer.write(WORKSPACES + name + LEDGER, entry -> workspaces.write(name, entry));
    }
    var contents = new Contents(0, 0, 0, sealed.size(), names.size());
    var page = documents.list(Optional.empty(), PAGE);
    while (!page.isEmpty()) {
      for (DocumentId document : page) {
        contents = plus(contents, backup(document, writer));
      }
      page = documents.list(Optional.of(page.getLast()), PAGE);
    }
    writer.finish();
    return contents;
  }

  /** A document that has just been deleted, or of which nothing is complete, is left out. */
  private Contents backup(DocumentId document, BackupWriter writer) throws IOException {
    Optional<Documents.Detail> detail =
        documents.show(document).filter(found -> found.changes() > 0);
    if (detail.isEmpty()) {
      return new Contents(0, 0, 0, 0, 0);
    }
    long bytes = writer.write(nameOf(document), entry -> export(document, entry));
    return new Contents(1, detail.get().changes(), bytes, 0, 0);
  }

  private void export(DocumentId document, OutputStream entry) throws IOException {
    try {
      documents.export(document, entry);
    } catch (SyncException.Invalid deletedMeanwhile) {
      // Its entry stays empty, which restores nothing.
    }
  }

  @Override
  public Contents restore(InputStream file) throws IOException {
    Path copy = Files.createTempFile(scratch, "restore-", ".zip");
    try {
      Files.copy(file, copy, StandardCopyOption.REPLACE_EXISTING);
      try (BackupReader reader = BackupReader.open(copy)) {
        return restore(reader);
      }
    } finally {
      Files.deleteIfExists(copy);
    }
  }

  private Contents restore(BackupReader reader) throws IOException {
    checkFormat(reader);
    List<SealedToken> sealed = readTokens(reader);
    List<DocumentId> listed =
        reader.names().stream()
            .filter(name -> name.startsWith(DOCUMENTS))
            .map(ZipArchive::idOf)
            .toList();
    sealed.forEach(tokens::restore);
    var contents = new Contents(0, 0, 0, sealed.size(), 0);
    for (DocumentId document : listed) {
      try (var counted = new CountedInput(reader.read(nameOf(document)))) {
        Documents.Added added = documents.add(document, counted);
        long changes = (long) added.added() + added.known() + added.waiting();
        contents = plus(contents, new Contents(1, changes, counted.count(), 0, 0));
      }
    }
    // Last, for their links begin to run.
    return plus(contents, new Contents(0, 0, 0, 0, restoreWorkspaces(reader)));
  }

  private long restoreWorkspaces(BackupReader reader) throws IOException {
    long count = 0;
    for (String entry : reader.names()) {
      if (entry.startsWith(WORKSPACES) && entry.endsWith(FILE)) {
        var name =
            new WorkspaceName(entry.substring(WORKSPACES.length(), entry.length() - FILE.length()));
        try (InputStream text = reader.read(entry);
            InputStream ledger = reader.read(WORKSPACES + name + LEDGER)) {
          workspaces.restore(name, new String(text.readAllBytes(), UTF_8), ledger);
        }
        count++;
      }
    }
    return count;
  }

  private static void checkFormat(BackupReader reader) throws IOException {
    try (InputStream in = reader.read(FORMAT)) {
      if (!Arrays.equals(in.readAllBytes(), FORMAT_LINE.getBytes(UTF_8))) {
        throw new SyncException.Invalid(
            "the backup was written by a newer Syncline: use that one to restore it");
      }
    }
  }

  private static List<SealedToken> readTokens(BackupReader reader) throws IOException {
    try (InputStream in = reader.read(TOKENS)) {
      TokenEntry[] entries = JsonMapper.shared().readValue(in, TokenEntry[].class);
      return Arrays.stream(entries).map(TokenEntry::sealed).toList();
    } catch (JacksonException e) {
      throw new SyncException.Invalid("the backup is damaged: its tokens can't be read", e);
    }
  }

  private static Contents plus(Contents some, Contents more) {
    return new Contents(
        some.documents() + more.documents(),
        some.changes() + more.changes(),
        some.bytes() + more.bytes(),
        some.tokens() + more.tokens(),
        some.workspaces() + more.workspaces());
  }

  private static String nameOf(DocumentId document) {
    return DOCUMENTS + document + SUFFIX;
  }

  private static DocumentId idOf(String name) {
    if (!name.endsWith(SUFFIX)) {
      throw new SyncException.Invalid("the backup has an entry that is no document: " + name);
    }
    return DocumentId.parse(name.substring(DOCUMENTS.length(), name.length() - SUFFIX.length()));
  }
}
