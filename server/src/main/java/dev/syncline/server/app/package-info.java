/** The composition root, wired by hand: the only package that knows all others. */
@NullMarked
package dev.syncline.server.app;

import org.jspecify.annotations.NullMarked;
