/**
 * Branches on other hosts: what crosses the network between a ledger and a Git host, checked before
 * it gets in.
 */
@NullMarked
package dev.syncline.server.ledger.remote;

import org.jspecify.annotations.NullMarked;
