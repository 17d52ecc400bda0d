/** Backups: everything that a server must not lose in one file, and back. */
@NullMarked
package dev.syncline.server.archive;

import org.jspecify.annotations.NullMarked;
