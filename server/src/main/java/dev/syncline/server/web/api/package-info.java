/** The administration API under /api/v1, in JSON. */
@NullMarked
package dev.syncline.server.web.api;

import org.jspecify.annotations.NullMarked;
