/** JSON texts, read: where their values stand, and what they mean. */
@NullMarked
package dev.syncline.core.json;

import org.jspecify.annotations.NullMarked;
