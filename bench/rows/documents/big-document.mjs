/** What an edit costs on a document that is already large: 50 edits a second, one reader who has the document. */
import { Peer, Writer, newDocumentId, pause } from "../../lib/clients.mjs";
import { Delivery } from "../../lib/delivery.mjs";
import { Follower } from "../../lib/follower.mjs";
import { edits } from "../../lib/histories.mjs";
import { atMost, below } from "../../lib/must.mjs";
import { cpuSeconds } from "../../lib/process.mjs";
import { percentile } from "../../lib/statistics.mjs";

const GAP = 20;

export default {
  name: "big-document",
  title: "An edit on a big document, at 50 edits/s",
  process: "kept",
  measures: [
    { key: "smallCpu", title: "1,000 changes: server CPU per edit", unit: "ms" },
    { key: "bigCpu", title: "100,000 changes: server CPU per edit", unit: "ms" },
    { key: "ratio", title: "CPU at 100,000 ÷ CPU at 1,000", unit: "×", must: atMost(2) },
    { key: "small50", title: "1,000 changes: latency p50", unit: "ms" },
    { key: "big50", title: "100,000 changes: latency p50", unit: "ms", must: below(5, "ms") },
    { key: "big99", title: "100,000 changes: latency p99", unit: "ms" },
  ],
  async measure({ server, smoke }) {
    const count = smoke ? 100 : 500;
    const small = await editing(server, 1_000, count);
    const big = await editing(server, smoke ? 10_000 : 100_000, count);
    return {
      smallCpu: small.cpu,
      bigCpu: big.cpu,
      ratio: big.cpu / small.cpu,
      small50: percentile(small.times, 0.5),
      big50: percentile(big.times, 0.5),
      big99: percentile(big.times, 0.99),
    };
  },
};

async function editing(server, size, count) {
  const documentId = newDocumentId();
  const list = edits(size + count);
  const [author, reader] = await Promise.all([Peer.join(server.url), Peer.join(server.url)]);
  const writer = new Writer(author, documentId, list).prepare(size);
  await writer.until(writer.upload(size));
  const delivery = new Delivery(list);
  const follower = new Follower(reader, documentId, delivery.heard).resume(list[size - 1].hash);
  // What opening and the upload leave to do, on disk and in memory, is not part of an edit.
  await pause(2_000);

  const cpu = cpuSeconds(server.pid);
  await delivery.send(writer, count, GAP);
  await follower.until(list.at(-1).hash);
  const used = cpuSeconds(server.pid) - cpu;
  author.close();
  reader.close();
  return { cpu: (used * 1000) / count, times: delivery.times() };
}
