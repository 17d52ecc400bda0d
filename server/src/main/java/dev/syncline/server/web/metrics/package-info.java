/** What the server counts, in the text format that Prometheus reads. */
@NullMarked
package dev.syncline.server.web.metrics;

import org.jspecify.annotations.NullMarked;
