/** As many edits as the server takes: 50 documents × 200 edits, each followed by two readers, until everyone has everything. */
import { Peer, Writer, newDocumentId, pause } from "../../lib/clients.mjs";
import { Follower } from "../../lib/follower.mjs";
import { edits } from "../../lib/histories.mjs";
import { atMostOfPeer, noLessThanPeer } from "../../lib/must.mjs";
import { cpuSeconds } from "../../lib/process.mjs";

const DOCUMENTS = 50;
const READERS = 2;
const BURST = 10;

export default {
  name: "throughput",
  title: `Throughput, ${DOCUMENTS} documents × 200 edits, ${READERS} subscribers each`,
  process: "kept",
  measures: [
    { key: "cpu", title: "server CPU per edit", unit: "ms", must: atMostOfPeer(1 / 10, "1/10") },
    { key: "rate", title: "edits until all have them", unit: "edits/s", must: noLessThanPeer },
  ],
  async measure({ server, smoke }) {
    const count = smoke ? 40 : 200;
    const list = edits(count + 1);
    const peers = await Promise.all(Array.from({ length: 12 }, () => Peer.join(server.url)));
    const authors = peers.slice(0, 4);
    const readers = peers.slice(4);
    const writers = Array.from({ length: DOCUMENTS }, (_, index) =>
      new Writer(authors[index % authors.length], newDocumentId(), list).prepare(),
    );
    await Promise.all(writers.map((writer) => writer.until(writer.edit())));
    const followers = writers.flatMap(({ documentId }, index) =>
      Array.from({ length: READERS }, (_, reader) =>
        new Follower(readers[(index + reader) % readers.length], documentId).open(),
      ),
    );
    await Promise.all(followers.map((follower) => follower.until(list[0].hash)));
    await pause(300);

    const cpu = cpuSeconds(server.pid);
    const start = performance.now();
    const arrived = Promise.all(followers.map((follower) => follower.until(list.at(-1).hash)));
    for (let sent = 0; sent < count; sent += BURST) {
      for (const writer of writers) {
        for (let number = 0; number < BURST; number++) {
          writer.edit();
        }
      }
      await new Promise(setImmediate);
    }
    const end = Math.max(...(await arrived));
    await Promise.all(writers.map((writer) => writer.until(count)));
    const total = DOCUMENTS * count;
    const result = {
      cpu: ((cpuSeconds(server.pid) - cpu) * 1000) / total,
      rate: (total * 1000) / (end - start),
    };
    peers.forEach((peer) => peer.close());
    await pause(500);
    return result;
  },
};
