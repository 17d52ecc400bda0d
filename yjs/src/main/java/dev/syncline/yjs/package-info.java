/**
 * Yjs documents in plain Java: reads updates (version 1 of the format), integrates them as YATA
 * says, reads shared types, and makes edits that other Yjs programs take. Depends on nothing.
 *
 * <p>A document is a {@link dev.syncline.yjs.YDoc}; {@link dev.syncline.yjs.Updates} works on
 * updates without one.
 */
@NullMarked
package dev.syncline.yjs;

import org.jspecify.annotations.NullMarked;
