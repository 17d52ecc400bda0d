package dev.syncline.server.document.store.file;

import dev.syncline.core.model.DocumentId;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Turns tasks into log entries, each document's on top of the one before. Changes nothing outside
 * until it is published. Confined to whoever commits.
 */
final class Batch {

  private final Tails tails;
  private final DocumentFiles files;
  private final long sequence;
  private final Framing framing = new Framing();
  private final Map<DocumentId, Tails.Standing> standings = new HashMap<>();
  private final List<LogEntry> entries = new ArrayList<>();
  private final List<Drafted> drafted = new ArrayList<>();
  private long growth;

  /**
   * @param sequence grows from batch to batch as long as the log lives: generations come from it
   */
  Batch(Tails tails, DocumentFiles files, long sequence) {
    this.tails = tails;
    this.files = files;
    this.sequence = sequence;
  }

  /**
   * @param entry empty if there is nothing to do
   */
  private record Drafted(TaskQueue.Ticket ticket, Optional<LogEntry> entry) {}

  /**
   * @throws IOException if the document's file can't be read; the batch is as it was
   */
  void add(TaskQueue.Ticket ticket) throws IOException {
    Tails.Standing standing = standing(ticket.task().document());
    Optional<LogEntry> entry =
        switch (ticket.task()) {
          case Task.Append append -> Optional.of(append(append, standing));
          case Task.Delete _ when standing.deleted() -> Optional.empty();
          case Task.Delete delete -> Optional.of(delete(delete, standing));
        };
    entry.ifPresent(entries::add);
    drafted.add(new Drafted(ticket, entry));
  }

  List<LogEntry> entries() {
    return entries;
  }

  List<TaskQueue.Ticket> tickets() {
    return drafted.stream().map(Drafted::ticket).toList();
  }

  /** The entries are durable: everybody may see them, and who waited is told. */
  void publish(Counters counters) {
    for (LogEntry entry : entries) {
      switch (entry) {
        case LogEntry.Append append -> tails.add(append);
        case LogEntry.Delete delete -> tails.add(delete);
        case LogEntry.Begin _ -> throw new IllegalStateException("only a segment begins");
      }
    }
    counters.plannedBytes().addAndGet(growth);
    long now = System.nanoTime();
    for (Drafted one : drafted) {
      switch (one.ticket().task()) {
        case Task.Append append -> {
          counters.appendTimes().record(now - append.since());
          if (one.entry().orElseThrow() instanceof LogEntry.Append entry) {
            append.durable(entry.block().positions());
          }
        }
        case Task.Delete delete -> delete.done().complete(true);
      }
    }
  }

  private LogEntry append(Task.Append task, Tails.Standing standing) {
    DocumentId document = task.document();
    boolean isNew = standing.deleted();
    long generation = isNew ? Math.max(standing.generation() + 1, sequence) : standing.generation();
    long offset = isNew ? DocumentFiles.START : standing.end();
    Block block = Block.of(framing, document, offset, task.chunks());
    standings.put(document, new Tails.Standing(generation, false, block.end()));
    growth += block.bytes() + (isNew ? DocumentFiles.START : 0);
    return new LogEntry.Append(document, generation, block);
  }

  private LogEntry delete(Task.Delete task, Tails.Standing standing) {
    DocumentId document = task.document();
    standings.put(document, new Tails.Standing(standing.generation(), true, DocumentFiles.START));
    growth -= standing.end();
    return new LogEntry.Delete(document, standing.generation());
  }

  private Tails.Standing standing(DocumentId document) throws IOException {
    Tails.Standing drafted = standings.get(document);
    if (drafted != null) {
      return drafted;
    }
    Optional<Tails.Standing> inTails = tails.standing(document);
    if (inTails.isPresent()) {
      return inTails.get();
    }
    // No checkpoint writes this file: only the committer brings a document into tails.
    DocumentFiles.State file = files.state(document);
    return new Tails.Standing(file.generation().orElse(0), !file.hasChunks(), file.end());
  }
}
