/**
 * The database that remembers what the server is and whom it lets in, and the folder it lives in.
 */
@NullMarked
package dev.syncline.server.state;

import org.jspecify.annotations.NullMarked;
