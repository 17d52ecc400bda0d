/** The rules of reading CSV. */
@NullMarked
package dev.syncline.core.csv;

import org.jspecify.annotations.NullMarked;
