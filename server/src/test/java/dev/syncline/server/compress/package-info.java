/** Tests of the codings that contents travel in. */
@NullMarked
package dev.syncline.server.compress;

import org.jspecify.annotations.NullMarked;
