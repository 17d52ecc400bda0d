/** Files that are sealed with age on their way out of a folder, and opened on their way in. */
@NullMarked
package dev.syncline.server.endpoint.sealed;

import org.jspecify.annotations.NullMarked;
