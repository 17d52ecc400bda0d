/** The rules of what follows from a run. */
@NullMarked
package dev.syncline.core.flow;

import org.jspecify.annotations.NullMarked;
