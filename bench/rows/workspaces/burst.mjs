/** Many files that change at once. */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { git } from "../../lib/git.mjs";
import { atMost } from "../../lib/must.mjs";
import { pause } from "../../lib/clients.mjs";
import { newFolder, withPlace, withWorkspace } from "../../lib/workspaces.mjs";

const CHANGES = 1_000;

export default {
  name: "burst",
  title: "1,000 changes in one burst",
  note: "1,000 new files of a folder, written as fast as one process can",
  process: "own",
  measures: [
    { key: "commits", title: "commits made of them", must: atMost(5) },
    { key: "time", title: "from the last write until all are committed", unit: "ms" },
  ],
  measure: () =>
    withPlace((place) => {
      const folder = newFolder(place, "folder");
      mkdirSync(join(folder, "d"));
      return withWorkspace(place, { folder: `folder: ${folder}` }, async ({ ledger }) => {
        for (let number = 0; number < CHANGES; number++) {
          writeFileSync(join(folder, "d", `${number}.txt`), `file ${number}\n`);
        }
        const start = performance.now();
        while (count(ledger) < CHANGES) {
          await pause(5);
        }
        const time = performance.now() - start;
        return { commits: Number(git(ledger, "rev-list", "--count", "HEAD")), time };
      });
    }),
};

function count(ledger) {
  try {
    return git(ledger, "ls-tree", "-r", "--name-only", "HEAD").split("\n").length;
  } catch {
    return 0; // there is no commit yet
  }
}
