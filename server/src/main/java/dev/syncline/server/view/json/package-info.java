/**
 * How values travel as JSON between a server and its remote client: each is written and read in one
 * place, so that neither side knows a field that the other doesn't.
 */
@NullMarked
package dev.syncline.server.view.json;

import org.jspecify.annotations.NullMarked;
