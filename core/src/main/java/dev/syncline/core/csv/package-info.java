/** CSV texts, read: their rows and cells as they are written. */
@NullMarked
package dev.syncline.core.csv;

import org.jspecify.annotations.NullMarked;
