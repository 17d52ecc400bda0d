/** The command line: what each command takes, and what it says. */
@NullMarked
package dev.syncline.server.cli;

import org.jspecify.annotations.NullMarked;
