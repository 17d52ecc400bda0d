package dev.syncline.server.view;

import dev.syncline.core.port.ChunkStore;
import dev.syncline.server.measure.Histogram;

/**
 * What the chunk store has counted since it was opened.
 *
 * @param appends from the call of an append until it is durable
 * @param syncs the fsync, or the database's commit, alone
 */
public record StorageMetrics(
    ChunkStore.Status status, Histogram.Snapshot appends, Histogram.Snapshot syncs) {}
