/** What the AI Horde's model reference is as files, and how they follow from each other. */
@NullMarked
package dev.syncline.server.endpoint.jsonapi.horde;

import org.jspecify.annotations.NullMarked;
