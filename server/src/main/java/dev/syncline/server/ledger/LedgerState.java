package dev.syncline.server.ledger;

import java.util.Optional;
import org.eclipse.jgit.lib.ObjectId;

/**
 * A ledger as it is durable.
 *
 * @param refs all refs
 * @param head the newest version
 * @param tree its files
 */
record LedgerState(PackedRefs refs, Optional<ObjectId> head, ObjectId tree) {}
