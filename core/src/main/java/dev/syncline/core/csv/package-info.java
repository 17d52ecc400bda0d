/** CSV texts, read: where their rows and cells stand. */
@NullMarked
package dev.syncline.core.csv;

import org.jspecify.annotations.NullMarked;
