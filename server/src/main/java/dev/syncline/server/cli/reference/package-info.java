/** Reference data to compare: where it is, and what is said about its drift. */
@NullMarked
package dev.syncline.server.cli.reference;

import org.jspecify.annotations.NullMarked;
