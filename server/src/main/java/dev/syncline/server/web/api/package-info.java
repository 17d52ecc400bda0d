/** The administration API: JSON over HTTP, loaded when it is first asked for. */
@NullMarked
package dev.syncline.server.web.api;

import org.jspecify.annotations.NullMarked;
