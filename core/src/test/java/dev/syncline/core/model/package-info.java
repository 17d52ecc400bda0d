/** The rules of the words that all else is made of. */
@NullMarked
package dev.syncline.core.model;

import org.jspecify.annotations.NullMarked;
