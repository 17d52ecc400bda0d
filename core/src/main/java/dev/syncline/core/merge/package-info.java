/** How two changes of one path become one: a policy for each way, and what is left to a person. */
@NullMarked
package dev.syncline.core.merge;

import org.jspecify.annotations.NullMarked;
