/** Texts, read from front to back: their bytes, and where something is wrong in them. */
@NullMarked
package dev.syncline.core.text;

import org.jspecify.annotations.NullMarked;
