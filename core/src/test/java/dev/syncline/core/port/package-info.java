/** What endpoints and ledgers show each other. */
@NullMarked
package dev.syncline.core.port;

import org.jspecify.annotations.NullMarked;
