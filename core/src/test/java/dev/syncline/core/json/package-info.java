/** The rules of merging, and seeded histories that look for exceptions to them. */
@NullMarked
package dev.syncline.core.json;

import org.jspecify.annotations.NullMarked;
