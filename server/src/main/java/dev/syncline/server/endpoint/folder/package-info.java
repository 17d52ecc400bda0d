/** A directory of the local file system as an endpoint. */
@NullMarked
package dev.syncline.server.endpoint.folder;

import org.jspecify.annotations.NullMarked;
