/**
 * A workspace's ledger as a Git repository. What JGit does well is left to it (reading objects,
 * walking trees and history); what it doesn't make durable or atomic is done here: packs, trees of
 * touched folders only, and refs.
 */
@NullMarked
package dev.syncline.server.ledger;

import org.jspecify.annotations.NullMarked;
