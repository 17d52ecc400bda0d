/** The server's port: pages, probes, metrics, administration, and the way in for WebSockets. */
@NullMarked
package dev.syncline.server.web;

import org.jspecify.annotations.NullMarked;
