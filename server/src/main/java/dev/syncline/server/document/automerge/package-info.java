/**
 * The automerge-repo protocol without a CRDT: frames, sync messages, change chunks, and for each
 * document the graph of its changes. Pure: bytes come in, bytes go out.
 *
 * <p>Sources: the Automerge binary format, the sync protocol of the Rust implementation ({@code
 * sync.rs}, {@code sync/bloom.rs}) and the network messages of automerge-repo.
 */
@NullMarked
package dev.syncline.server.document.automerge;

import org.jspecify.annotations.NullMarked;
