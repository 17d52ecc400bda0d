/** A model of Automerge's clients: changes, sync messages, frames and peers, sound and hostile. */
@NullMarked
package dev.syncline.testkit.automerge;

import org.jspecify.annotations.NullMarked;
