package dev.syncline.server.web.metrics;

import dev.syncline.server.view.DocumentMetrics;
import dev.syncline.server.view.ServerStatus;
import dev.syncline.server.view.ServerView;
import dev.syncline.server.view.StorageMetrics;
import dev.syncline.server.view.Workspaces;
import dev.syncline.server.web.connect.Traffic;
import java.util.Map;

/** All that Prometheus is told. Thread-safe; everything is read when it is asked for. */
public final class ServerMetrics {

  public static final String CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8";

  private final ServerView server;
  private final Traffic traffic;
  private final Workspaces workspaces;

  public ServerMetrics(ServerView server, Traffic traffic, Workspaces workspaces) {
    this.server = server;
    this.traffic = traffic;
    this.workspaces = workspaces;
  }

  /** One scrape. */
  public String text() {
    var text = new MetricsText();
    status(text, server.status());
    documents(text, server.documents());
    storage(text, server.storage());
    connections(text);
    new LinkMetrics(workspaces).writeTo(text);
    ProcessMetrics.writeTo(text);
    return text.toString();
  }

  private static void status(MetricsText text, ServerStatus status) {
    text.info("syncline_info", "Version of the server.", "version", status.version())
        .gauge(
            "syncline_ready",
            "1 while the server wants traffic, as /readyz says.",
            status.notReady().isEmpty() ? 1 : 0)
        .gauge(
            "syncline_start_time_seconds",
            "When the server started, in seconds since 1970.",
            status.started().toEpochMilli() / 1e3);
  }

  private static void documents(MetricsText text, DocumentMetrics documents) {
    DocumentMetrics.Traffic frames = documents.traffic();
    text.gauge(
            "syncline_documents_open",
            "Documents that are in memory.",
            documents.open().documents())
        .gauge(
            "syncline_documents_memory_bytes",
            "Estimate of the memory that open documents take.",
            documents.open().bytes())
        .gauge(
            "syncline_documents_peers", "Connections that have joined.", documents.open().peers())
        .counters(
            "syncline_documents_frames_total",
            "WebSocket messages of the document protocol.",
            "direction",
            Map.of("received", frames.framesReceived(), "sent", frames.framesSent()))
        .counters(
            "syncline_documents_frame_bytes_total",
            "Payload bytes of these messages.",
            "direction",
            Map.of("received", frames.bytesReceived(), "sent", frames.bytesSent()))
        .counters(
            "syncline_documents_frames_rejected_total",
            "Messages that were refused, and their connections closed.",
            "reason",
            documents.rejected())
        .counter(
            "syncline_documents_changes_stored_total", "Changes made durable.", documents.changes())
        .counter(
            "syncline_documents_changes_denied_total",
            "Changes from clients that may not write.",
            documents.trouble().changesDenied())
        .counter(
            "syncline_documents_chunks_unreadable_total",
            "Whole-document chunks, answered with a request for plain changes.",
            documents.trouble().chunksUnreadable())
        .counter(
            "syncline_documents_store_failures_total",
            "Appends and reads that the store could not do.",
            documents.trouble().storeFailures())
        .histogram(
            "syncline_documents_acknowledgement_seconds",
            "From the arrival of a message with new changes to its acknowledgement.",
            documents.acknowledgements());
  }

  private static void storage(MetricsText text, StorageMetrics storage) {
    text.gauge(
            "syncline_storage_writable",
            "1 while changes can be stored.",
            storage.status().problem().isEmpty() ? 1 : 0)
        .gauge(
            "syncline_storage_bytes",
            "What the store takes on its medium, as far as it knows.",
            storage.status().storedBytes())
        .counter(
            "syncline_storage_damaged_chunks_total",
            "Chunks found damaged and set aside since the start.",
            storage.status().damaged())
        .histogram(
            "syncline_storage_append_seconds",
            "From the call of an append until it is durable.",
            storage.appends())
        .histogram(
            "syncline_storage_sync_seconds",
            "The fsync, or the commit of the database, alone.",
            storage.syncs());
  }

  private void connections(MetricsText text) {
    text.gauge("syncline_connections", "WebSockets that are open.", traffic.limits().connections())
        .gauge(
            "syncline_connections_max",
            "How many WebSockets may be open, server.max-connections.",
            traffic.limits().most())
        .gauge(
            "syncline_connection_addresses",
            "Addresses that hold open WebSockets.",
            traffic.limits().addresses())
        .counter(
            "syncline_connections_accepted_total",
            "Handshakes that became a WebSocket.",
            traffic.accepted())
        .counters(
            "syncline_connections_refused_total",
            "Handshakes that did not.",
            "reason",
            traffic.refused())
        .counter(
            "syncline_connections_stalled_total",
            "Connections closed because no whole request came in time.",
            traffic.stalled())
        .counters(
            "syncline_http_responses_total",
            "Answers to plain HTTP requests.",
            "class",
            traffic.answers());
  }
}
