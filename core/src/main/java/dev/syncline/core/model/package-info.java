/** What the domain speaks of: small immutable values, and the one family of failures. */
@NullMarked
package dev.syncline.core.model;

import org.jspecify.annotations.NullMarked;
