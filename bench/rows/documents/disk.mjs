/** What 1,000 small edits of one document leave in the data directory. */
import { Peer, Writer, newDocumentId, pause } from "../../lib/clients.mjs";
import { edits } from "../../lib/histories.mjs";
import { atMost } from "../../lib/must.mjs";
import { diskUsage } from "../../lib/process.mjs";
import { withServer } from "../../lib/servers.mjs";

const EDITS = 1_000;
const EARLY = 100;
const GAP = 20;
const SETTLE = 1_500;

export default {
  name: "disk",
  title: "Disk for 1,000 small edits",
  process: "own",
  measures: [
    { key: "early", title: `files after ${EARLY} edits`, unit: "" },
    { key: "files", title: "files after 1,000 edits", unit: "" },
    { key: "more", title: "files added by the last 900 edits", unit: "", must: atMost(0) },
    { key: "chunks", title: "sum of the change chunks", unit: "bytes" },
    { key: "bytes", title: "bytes added", unit: "bytes" },
    { key: "ratio", title: "bytes added ÷ sum of the change chunks", unit: "×", must: atMost(3) },
    { key: "allocated", title: "disk space added", unit: "bytes" },
  ],
  async measure({ kind, smoke }) {
    const count = smoke ? 200 : EDITS;
    return await withServer(kind, async ({ url, dataDirectory }) => {
      await pause(SETTLE);
      const before = diskUsage(dataDirectory);
      const list = edits(count);
      const writer = new Writer(await Peer.join(url), newDocumentId(), list);
      await typing(writer, EARLY);
      const early = diskUsage(dataDirectory);
      await typing(writer, count);
      writer.peer.close();
      const after = diskUsage(dataDirectory);
      const chunks = list.reduce((sum, { change }) => sum + change.length, 0);
      const bytes = after.bytes - before.bytes;
      return {
        early: early.files,
        files: after.files,
        more: after.files - early.files,
        chunks,
        bytes,
        ratio: bytes / chunks,
        allocated: after.allocated - before.allocated,
      };
    });
  },
};

async function typing(writer, until) {
  while (writer.sent < until) {
    writer.edit();
    await pause(GAP);
  }
  await writer.until(until - 1);
  await pause(SETTLE);
}
