/** The script that starts Syncline, with stand-ins for the JDK and for Maven. */
@NullMarked
package dev.syncline.server.launcher;

import org.jspecify.annotations.NullMarked;
