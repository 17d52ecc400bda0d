/** A data API that speaks JSON over HTTP: its categories of records are files. Only read. */
@NullMarked
package dev.syncline.server.endpoint.jsonapi;

import org.jspecify.annotations.NullMarked;
