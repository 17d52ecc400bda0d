/** What {@code syncline doctor} looks at and tries out. */
@NullMarked
package dev.syncline.server.app.checkup;

import org.jspecify.annotations.NullMarked;
