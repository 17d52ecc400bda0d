/** Real npm clients against the packaged server, each in its own process. */
@NullMarked
package dev.syncline.server.clients;

import org.jspecify.annotations.NullMarked;
