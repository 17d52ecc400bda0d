/** Resident memory of a fresh process: at rest, with connections at rest, and after many documents were touched and left. */
import { Peer, Writer, newDocumentId, pause } from "../../lib/clients.mjs";
import { edits } from "../../lib/histories.mjs";
import { atMost } from "../../lib/must.mjs";
import { peakMemory, residentMemory } from "../../lib/process.mjs";
import { withServer } from "../../lib/servers.mjs";

const CONNECTIONS = 1_000;
const DOCUMENTS = 1_000;
const EDITS = 20;
const AT_ONCE = 50;

export default {
  name: "memory",
  title: "Resident memory",
  process: "own",
  // Waiting is most of it, and no server waits faster for being alone.
  together: true,
  measures: [
    { key: "idle", title: "idle, 5 s after the start", unit: "MiB", must: atMost(120, "MiB") },
    { key: "connections", title: "1,000 idle connections, after 10 s", unit: "MiB", must: atMost(160, "MiB") },
    { key: "peak", title: "peak while 1,000 documents get 20 edits each", unit: "MiB" },
    { key: "left", title: "60 s after these documents were left", unit: "MiB" },
    { key: "growth", title: "left ÷ idle", unit: "×", must: atMost(1.2) },
  ],
  async measure({ kind, smoke }) {
    return await withServer(kind, async ({ pid, url }) => {
      await pause(5_000);
      const idle = residentMemory(pid);
      const peers = [];
      await inGroups(smoke ? 200 : CONNECTIONS, async () => peers.push(await Peer.join(url)));
      await pause(10_000);
      const connections = residentMemory(pid);
      peers.forEach((peer) => peer.close());
      await Promise.all(peers.map((peer) => peer.closed));

      await touch(url, smoke ? 200 : DOCUMENTS);
      const peak = peakMemory(pid);
      await pause(60_000);
      const left = residentMemory(pid);
      return { idle, connections, peak, left, growth: left / idle };
    });
  },
};

async function touch(url, documents) {
  const list = edits(EDITS);
  const peer = await Peer.join(url);
  await inGroups(documents, async () => {
    const writer = new Writer(peer, newDocumentId(), list);
    list.forEach(() => writer.edit());
    await writer.until(EDITS - 1);
  });
  peer.close();
  await peer.closed;
}

async function inGroups(total, work) {
  for (let done = 0; done < total; done += AT_ONCE) {
    await Promise.all(Array.from({ length: Math.min(AT_ONCE, total - done) }, work));
  }
}
