/** The views of a running server, seen from another process through its administration API. */
@NullMarked
package dev.syncline.server.remote;

import org.jspecify.annotations.NullMarked;
