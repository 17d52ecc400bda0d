/** Memory of a server with a folder of a million files. */
import { join } from "node:path";
import { writeFileSync } from "node:fs";
import { pathOf } from "../../lib/git.mjs";
import { atMost } from "../../lib/must.mjs";
import { peakMemory, residentMemory } from "../../lib/process.mjs";
import { plant } from "../../lib/trees.mjs";
import { newFolder, startServer, withPlace, Workspace } from "../../lib/workspaces.mjs";

const FILES = 1_000_000;
const RESCANS = 20;

export default {
  name: "million",
  title: "A folder of 1,000,000 files",
  note: `resident memory of the server; ${RESCANS} rescans after the first, with a changed file before each`,
  process: "own",
  measures: [
    { key: "peak", title: "peak, first scan and first commit included", unit: "MiB", must: atMost(400, "MiB") },
    { key: "settled", title: "after the second rescan", unit: "MiB", must: atMost(400, "MiB") },
    { key: "growth", title: "after the last ÷ after the second", unit: "×", must: atMost(1.1) },
    { key: "first", title: "first scan and first commit", unit: "s" },
    { key: "rescan", title: "one rescan", unit: "s" },
  ],
  measure: ({ smoke }) =>
    withPlace(async (place) => {
      const folder = newFolder(place, "folder");
      const count = smoke ? 5_000 : FILES;
      plant(folder, count);
      const server = await startServer(place);
      try {
        const workspace = new Workspace(server);
        await workspace.define({ folder: `folder: ${folder}` });
        const first = await seconds(() => workspace.sync());
        let settled;
        let rescan;
        for (let round = 1; round <= RESCANS; round++) {
          writeFileSync(join(folder, pathOf((round * 7919) % count)), `changed ${round}\n`);
          rescan = await seconds(() => workspace.sync());
          if (round === 2) {
            settled = residentMemory(server.pid);
          }
        }
        const growth = residentMemory(server.pid) / settled;
        return { peak: peakMemory(server.pid), settled, growth, first, rescan };
      } finally {
        await server.stop();
      }
    }),
};

async function seconds(work) {
  const start = performance.now();
  await work();
  return (performance.now() - start) / 1_000;
}
