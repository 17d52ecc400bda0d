/** Two sets of records, compared by record and by field, however large they are. */
@NullMarked
package dev.syncline.core.records;

import org.jspecify.annotations.NullMarked;
