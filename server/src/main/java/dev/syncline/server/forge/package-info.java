/** What hosts of repositories offer beside Git: so far, how a GitHub App shows who it is. */
@NullMarked
package dev.syncline.server.forge;

import org.jspecify.annotations.NullMarked;
