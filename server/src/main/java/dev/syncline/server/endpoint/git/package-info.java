/** A branch of a Git repository as a place that holds a workspace's files, with their history. */
@NullMarked
package dev.syncline.server.endpoint.git;

import org.jspecify.annotations.NullMarked;
