/**
 * Shared folders of a Relay Server, whose documents are Yjs documents: notes, canvases and
 * attachments.
 */
@NullMarked
package dev.syncline.server.endpoint.relay;

import org.jspecify.annotations.NullMarked;
