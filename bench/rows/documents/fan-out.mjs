/** One edit to 500 subscribers of one document. */
import { Peer, Writer, newDocumentId, pause } from "../../lib/clients.mjs";
import { Follower } from "../../lib/follower.mjs";
import { edits } from "../../lib/histories.mjs";
import { atMostOfPeer } from "../../lib/must.mjs";
import { cpuSeconds } from "../../lib/process.mjs";
import { percentile } from "../../lib/statistics.mjs";

const AT_ONCE = 50;
const EDITS = 20;
const GAP = 500;

export default {
  name: "fan-out",
  title: "Fan-out of one edit to 500 subscribers",
  process: "kept",
  measures: [
    { key: "last", title: "until the last has it, p50", unit: "ms", must: atMostOfPeer(1 / 3, "1/3") },
    { key: "half", title: "until half have it, p50", unit: "ms" },
    { key: "cpu", title: "server CPU per edit, answers of the subscribers included", unit: "ms" },
  ],
  async measure({ server, smoke }) {
    const count = smoke ? 5 : EDITS;
    const list = edits(count + 1);
    const author = await Peer.join(server.url);
    const writer = new Writer(author, newDocumentId(), list).prepare();
    await writer.until(writer.edit());
    const followers = await subscribe(server.url, writer, smoke ? 100 : 500);

    const last = [];
    const half = [];
    const cpu = cpuSeconds(server.pid);
    for (let number = 1; number <= count; number++) {
      await pause(GAP);
      const arrivals = Promise.all(followers.map((follower) => follower.until(list[number].hash)));
      const start = performance.now();
      writer.edit();
      const times = (await arrivals).map((at) => at - start);
      last.push(Math.max(...times));
      half.push(percentile(times, 0.5));
    }
    await pause(GAP);
    const used = cpuSeconds(server.pid) - cpu;
    [author, ...followers.map(({ peer }) => peer)].forEach((peer) => peer.close());
    await pause(500);
    return {
      last: percentile(last, 0.5),
      half: percentile(half, 0.5),
      cpu: (used * 1000) / count,
    };
  },
};

async function subscribe(url, { documentId, edits: [first] }, count) {
  const followers = [];
  while (followers.length < count) {
    const group = await Promise.all(
      Array.from({ length: Math.min(AT_ONCE, count - followers.length) }, () => Peer.join(url)),
    );
    const opened = group.map((peer) => new Follower(peer, documentId).open());
    await Promise.all(opened.map((follower) => follower.until(first.hash)));
    followers.push(...opened);
  }
  return followers;
}
