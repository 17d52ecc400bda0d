/** All that the domain needs of the world. */
@NullMarked
package dev.syncline.core.port;

import org.jspecify.annotations.NullMarked;
