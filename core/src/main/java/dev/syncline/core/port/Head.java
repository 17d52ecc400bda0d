package dev.syncline.core.port;

import dev.syncline.core.model.CommitId;
import dev.syncline.core.model.Snapshot;
import java.util.Optional;

/**
 * A ledger's newest version.
 *
 * @param commit empty as long as nothing was ever recorded
 * @param files what it holds
 */
public record Head(Optional<CommitId> commit, Snapshot files) {}
