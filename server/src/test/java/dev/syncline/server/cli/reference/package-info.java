/** Comparisons held to others' readers, and to what the web answers. */
@NullMarked
package dev.syncline.server.cli.reference;

import org.jspecify.annotations.NullMarked;
