/** The rules of planning, one by one. */
@NullMarked
package dev.syncline.core.plan;

import org.jspecify.annotations.NullMarked;
