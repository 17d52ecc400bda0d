/** The self-test: clients of a server that was just started, who ask, edit and listen. */
@NullMarked
package dev.syncline.server.app.trial;

import org.jspecify.annotations.NullMarked;
