@NullMarked
package dev.syncline.yjs;

import org.jspecify.annotations.NullMarked;
