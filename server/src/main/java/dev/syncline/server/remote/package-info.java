/** The views of a running server, reached through its administration API. */
@NullMarked
package dev.syncline.server.remote;

import org.jspecify.annotations.NullMarked;
