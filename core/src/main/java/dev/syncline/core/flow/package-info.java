/** The order of a run's five steps, and of nothing else. */
@NullMarked
package dev.syncline.core.flow;

import org.jspecify.annotations.NullMarked;
