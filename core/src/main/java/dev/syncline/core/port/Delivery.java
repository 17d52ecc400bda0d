package dev.syncline.core.port;

import dev.syncline.core.model.Changes;
import dev.syncline.core.model.CommitId;
import java.util.Optional;

/**
 * What an endpoint is asked to become.
 *
 * @param changes from what it was seen to hold; in its own paths
 * @param version the ledger's version that asks for it
 * @param seen the endpoint's own version that the changes start from, if it keeps history
 */
public record Delivery(Changes changes, CommitId version, Optional<CommitId> seen) {}
