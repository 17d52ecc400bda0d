/** A server that was just started is asked for a document that it stored earlier: until all of it is with the client. */
import * as Automerge from "@automerge/automerge";
import { Repo } from "@automerge/automerge-repo";
import { WebSocketClientAdapter } from "@automerge/automerge-repo-network-websocket";
import { rmSync } from "node:fs";
import { ColdReader } from "../../lib/cold-reader.mjs";
import { Peer, Writer, newDocumentId, pause } from "../../lib/clients.mjs";
import { edits } from "../../lib/histories.mjs";
import { noMoreThanPeer } from "../../lib/must.mjs";
import { newDataDirectory, withServer } from "../../lib/servers.mjs";

const SIZES = [1_000, 10_000, 100_000];
const stored = new Map();

const words = (size) => `${size.toLocaleString("en")} changes`;

export default {
  name: "cold",
  title: "Cold first full document",
  process: "own",
  measures: [
    ...SIZES.map((size) => ({
      key: `message${size}`,
      title: `${words(size)}, until it is on the wire`,
      unit: "ms",
      must: noMoreThanPeer,
    })),
    ...SIZES.map((size) => ({
      key: `client${size}`,
      title: `${words(size)}, until a real client has opened it`,
      unit: "ms",
      must: noMoreThanPeer,
    })),
  ],
  async measure({ kind, smoke }) {
    const result = {};
    for (const size of smoke ? SIZES.slice(0, 2) : SIZES) {
      const { directory, documentId, head } = await store(kind, size);
      const use = (open) => withServer(kind, ({ url }) => open(url, documentId, head, size), directory);
      result[`message${size}`] = await use(withLightPeer);
      result[`client${size}`] = await use(withRealClient);
    }
    return result;
  },
};

/** Each server stores the document in its own way, once. */
async function store(kind, size) {
  const key = `${kind.key} ${size}`;
  if (!stored.has(key)) {
    const directory = newDataDirectory(kind);
    process.once("exit", () => rmSync(directory, { recursive: true, force: true }));
    const documentId = newDocumentId();
    const list = edits(size);
    await withServer(
      kind,
      async ({ url }) => {
        const writer = new Writer(await Peer.join(url), documentId, list);
        await writer.until(writer.upload());
        // The reference has acknowledged what it has not written yet.
        await pause(3_000);
        writer.peer.close();
      },
      directory,
    );
    stored.set(key, { directory, documentId, head: list.at(-1).hash });
  }
  return stored.get(key);
}

async function withLightPeer(url, documentId, head, size) {
  const peer = await Peer.join(url);
  const time = await new ColdReader(peer, documentId).read(head, size);
  peer.close();
  return time;
}

async function withRealClient(url, documentId, head) {
  const adapter = new WebSocketClientAdapter(url);
  const repo = new Repo({ network: [adapter] });
  while (repo.peers.length === 0) {
    await pause(5);
  }
  const start = performance.now();
  const handle = await repo.find(`automerge:${documentId}`);
  while (!Automerge.getHeads(handle.doc()).includes(head)) {
    await new Promise(setImmediate);
  }
  const time = performance.now() - start;
  adapter.disconnect();
  return time;
}
