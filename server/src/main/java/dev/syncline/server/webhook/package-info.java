/** Messages from other servers: who sent one, and what it says. */
@NullMarked
package dev.syncline.server.webhook;

import org.jspecify.annotations.NullMarked;
