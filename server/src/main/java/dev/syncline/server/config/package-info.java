/** The configuration as records, read once, and the one table of settings that it comes from. */
@NullMarked
package dev.syncline.server.config;

import org.jspecify.annotations.NullMarked;
