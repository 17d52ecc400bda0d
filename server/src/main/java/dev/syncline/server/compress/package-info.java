/** Contents made small for the way: Zstandard, alone or against another version. */
@NullMarked
package dev.syncline.server.compress;

import org.jspecify.annotations.NullMarked;
