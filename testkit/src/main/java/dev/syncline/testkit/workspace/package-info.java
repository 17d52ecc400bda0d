/** Whole workspaces in memory, and random histories of them. */
@NullMarked
package dev.syncline.testkit.workspace;

import org.jspecify.annotations.NullMarked;
