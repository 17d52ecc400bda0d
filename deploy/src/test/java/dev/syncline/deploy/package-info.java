/** Tests that every way to run Syncline is well-formed, and that they agree with each other. */
@NullMarked
package dev.syncline.deploy;

import org.jspecify.annotations.NullMarked;
