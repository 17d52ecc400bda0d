/** Joins WebSockets to the document server. */
@NullMarked
package dev.syncline.server.document.websocket;

import org.jspecify.annotations.NullMarked;
