/** Signs a ledger's commits, with keys as SSH and OpenPGP have them. */
@NullMarked
package dev.syncline.server.ledger.signing;

import org.jspecify.annotations.NullMarked;
