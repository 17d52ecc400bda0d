/** What Git clients are told: the ledgers of workspaces, to read. */
@NullMarked
package dev.syncline.server.web.git;

import org.jspecify.annotations.NullMarked;
