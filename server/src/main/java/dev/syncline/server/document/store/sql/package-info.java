/** Chunks of live documents in PostgreSQL. */
@NullMarked
package dev.syncline.server.document.store.sql;

import org.jspecify.annotations.NullMarked;
