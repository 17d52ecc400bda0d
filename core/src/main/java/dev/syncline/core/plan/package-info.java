/** What a run would do, decided before anything is done. */
@NullMarked
package dev.syncline.core.plan;

import org.jspecify.annotations.NullMarked;
