/** The document server: who has which document open, and the order in which things happen to it. */
@NullMarked
package dev.syncline.server.document;

import org.jspecify.annotations.NullMarked;
