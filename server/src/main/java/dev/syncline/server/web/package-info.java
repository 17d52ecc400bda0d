/** The HTTP server: pages, probes, and the door through which WebSockets come. */
@NullMarked
package dev.syncline.server.web;

import org.jspecify.annotations.NullMarked;
