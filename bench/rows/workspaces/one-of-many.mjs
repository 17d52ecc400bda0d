/** One file of very many changes in the ledger. */
import { join } from "node:path";
import { bare, gitReading, manyFiles, pathOf } from "../../lib/git.mjs";
import { atMost } from "../../lib/must.mjs";
import { percentile } from "../../lib/statistics.mjs";
import { withPlace, withWorkspace } from "../../lib/workspaces.mjs";

const FEW = 1_000;
const MANY = 1_000_000;
const CHANGES = 100;

export default {
  name: "one-of-many",
  title: "One changed file among 1,000,000",
  note: `${CHANGES} changes in a round, one after the other, by \`POST …/changes\``,
  process: "own",
  measures: [
    { key: "few", title: "1,000 files: until it is committed, p50", unit: "ms" },
    { key: "many", title: "1,000,000 files: until it is committed, p50", unit: "ms" },
    { key: "growth", title: "1,000,000 ÷ 1,000", unit: "×", must: atMost(2) },
  ],
  async measure({ smoke }) {
    const few = await withPlace((place) => among(place, FEW));
    const many = await withPlace((place) => among(place, smoke ? FEW * 10 : MANY));
    return { few, many, growth: many / few };
  },
};

async function among(place, count) {
  const origin = bare(join(place, "origin.git"));
  gitReading(origin, [...manyFiles(count)].join(""), "fast-import", "--quiet");
  return await withWorkspace(place, { origin: `git: ${origin}, direction: in` }, async (workspace) => {
    const times = [];
    for (let number = 0; number < CHANGES; number++) {
      const path = pathOf((number * 7919) % count);
      const start = performance.now();
      await workspace.change([{ path, text: `changed ${number}\n` }]);
      times.push(performance.now() - start);
    }
    return percentile(times.slice(10), 0.5);
  });
}
