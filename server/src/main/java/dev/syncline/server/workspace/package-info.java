/** Runs the links of workspaces: when something may have changed, when it is time, when asked. */
@NullMarked
package dev.syncline.server.workspace;

import org.jspecify.annotations.NullMarked;
