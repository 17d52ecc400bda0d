/** The rules of comparing records. */
@NullMarked
package dev.syncline.core.records;

import org.jspecify.annotations.NullMarked;
