/**
 * The chunk store on local files: a write-ahead log shared by all documents, and one append-only
 * file for each document. {@link dev.syncline.server.document.store.file.FileChunkStore} is the way
 * in; docs/decisions/2026-11-21-file-store.md says why it is built so.
 *
 * <p>What always holds:
 *
 * <ol>
 *   <li>An append is told durable only after its log record and everything before it in the log
 *       were forced to the medium, in a segment whose name was forced before.
 *   <li>A log segment is deleted only after all that it says has been forced into document files,
 *       and the oldest segment first. So the segments that exist are always a gapless newest part
 *       of history, and replaying them in order over the document files, however often, gives the
 *       present state.
 *   <li>A log record that was told failed is beyond the length at which the beginning of the next
 *       segment cuts its own, and that beginning is durable before anything new is acknowledged.
 *   <li>Only the checkpoint writes document files, only at or behind the end of what earlier
 *       checkpoints left durable, and never over it.
 * </ol>
 */
@NullMarked
package dev.syncline.server.document.store.file;

import org.jspecify.annotations.NullMarked;
