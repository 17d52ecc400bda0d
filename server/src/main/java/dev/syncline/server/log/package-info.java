/** Log lines: text for people, JSON for machines. */
@NullMarked
package dev.syncline.server.log;

import org.jspecify.annotations.NullMarked;
