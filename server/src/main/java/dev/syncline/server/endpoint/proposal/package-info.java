/**
 * A branch of a repository elsewhere that takes changes by pull request only: what people commit
 * there comes in, and what the ledger has beyond it is proposed.
 */
@NullMarked
package dev.syncline.server.endpoint.proposal;

import org.jspecify.annotations.NullMarked;
