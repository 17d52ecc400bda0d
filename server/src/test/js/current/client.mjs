/** A real client of the 2.x generation, reduced to what the scenarios do with it. */
import * as Automerge from "@automerge/automerge";
import { Repo } from "@automerge/automerge-repo";
import { WebSocketClientAdapter } from "@automerge/automerge-repo-network-websocket";
import { NodeFSStorageAdapter } from "@automerge/automerge-repo-storage-nodefs";
import { eventually, pause } from "./lib/check.mjs";

export { Automerge };

const RECONNECT_AFTER = 100;

/** Resolves once the client has joined the server. */
export async function connect(url, { directory } = {}) {
  const adapter = new WebSocketClientAdapter(url, RECONNECT_AFTER);
  const storage = directory ? new NodeFSStorageAdapter(directory) : undefined;
  const repo = new Repo({ network: [adapter], storage });
  await eventually("the client joins", () => repo.peers.length > 0);
  return { adapter, repo };
}

/** Waits until the document is there. */
export function find({ repo }, url) {
  return repo.find(url);
}

/** Asks for a document that does not exist: resolves once the client says so, and tells when it appears. */
export async function findAbsent({ repo }, url) {
  const handle = await repo.find(url, { allowableStates: ["ready", "unavailable"] });
  return { absent: handle.isUnavailable(), appears: handle.whenReady().then(() => handle) };
}

export function read(handle) {
  return handle.doc();
}

/** Whether this client knows that the server has everything it has. */
export function isSynced({ repo }, handle) {
  const storageId = repo.peers.map((peer) => repo.getStorageIdOfPeer(peer)).find(Boolean);
  const there = storageId && handle.getSyncInfo(storageId)?.lastHeads;
  return there?.join() === handle.heads().join();
}

export function importDocument({ repo }, bytes) {
  return repo.import(bytes);
}

/** A client writes what it agreed on with a server up to 100 ms later, and tells nobody when that is done. */
const SYNC_STATE_WRITTEN_AFTER = 500;

/** Leaves, with everything that the client stores on disk. */
export async function leave({ adapter, repo }) {
  await repo.flush();
  adapter.disconnect();
  await pause(SYNC_STATE_WRITTEN_AFTER);
}
