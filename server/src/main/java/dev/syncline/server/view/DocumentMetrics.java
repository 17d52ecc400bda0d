package dev.syncline.server.view;

import dev.syncline.server.measure.Histogram;
import java.util.Map;

/**
 * What the document server has counted since it started.
 *
 * @param rejected frames that were refused, by reason: a few fixed words such as {@code malformed},
 *     never anything that a peer sent
 * @param changes changes that were stored
 * @param acknowledgements from the arrival of a frame with new changes until their acknowledgement
 *     is handed to the socket
 */
public record DocumentMetrics(
    Open open,
    Traffic traffic,
    Map<String, Long> rejected,
    long changes,
    Trouble trouble,
    Histogram.Snapshot acknowledgements) {

  public DocumentMetrics {
    rejected = Map.copyOf(rejected);
  }

  /**
   * What is held in memory now.
   *
   * @param documents documents that are in memory
   * @param bytes estimate of what they take
   * @param peers connections that have joined
   */
  public record Open(int documents, long bytes, int peers) {}

  /** Frames and their payload bytes, both ways. */
  public record Traffic(long framesReceived, long framesSent, long bytesReceived, long bytesSent) {}

  /**
   * What did not go as clients wanted.
   *
   * @param changesDenied changes from clients that may not write
   * @param chunksUnreadable whole-document chunks, answered with a request for plain changes
   * @param storeFailures appends and reads that the store could not do
   */
  public record Trouble(long changesDenied, long chunksUnreadable, long storeFailures) {}
}
