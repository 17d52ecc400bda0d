/** Counting inside the engines: no library behind it, and no dependency but java.*. */
@NullMarked
package dev.syncline.server.measure;

import org.jspecify.annotations.NullMarked;
