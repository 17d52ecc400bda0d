/** From sending an edit to the server saying that it has it: one edit at a time, on a document at rest. */
import { Peer, Writer, newDocumentId, pause } from "../../lib/clients.mjs";
import { edits } from "../../lib/histories.mjs";
import { fsyncTimes } from "../../lib/machine.mjs";
import { percentile } from "../../lib/statistics.mjs";

const GAP = 10;

export default {
  name: "acknowledgement",
  title: "Acknowledgement of one edit",
  process: "kept",
  measures: [
    { key: "p50", title: "latency p50", unit: "ms" },
    { key: "p99", title: "latency p99", unit: "ms" },
    { key: "fsync50", title: "the machine's own fsync at that time, p50", unit: "ms" },
    { key: "fsync99", title: "the machine's own fsync at that time, p99", unit: "ms" },
  ],
  async measure({ server, smoke }) {
    const count = smoke ? 50 : 400;
    const writer = new Writer(await Peer.join(server.url), newDocumentId(), edits(count + 1)).prepare();
    await writer.until(writer.edit());
    const times = [];
    while (writer.sent <= count) {
      await pause(GAP);
      const start = performance.now();
      times.push((await writer.until(writer.edit())) - start);
    }
    writer.peer.close();
    const fsync = fsyncTimes(count);
    return {
      p50: percentile(times, 0.5),
      p99: percentile(times, 0.99),
      fsync50: percentile(fsync, 0.5),
      fsync99: percentile(fsync, 0.99),
    };
  },
};
