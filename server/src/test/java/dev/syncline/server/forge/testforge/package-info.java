/**
 * Forges for tests. Nothing that is one can be installed where tests run, so they are ours, over a
 * real Git repository; what they are asked and answer is held to the forges' own descriptions, or
 * to a client of others.
 */
@NullMarked
package dev.syncline.server.forge.testforge;

import org.jspecify.annotations.NullMarked;
