/** A million records, of which one in a hundred differs. */
import { rmSync } from "node:fs";
import { atMost } from "../../lib/must.mjs";
import { comparedByCommand, recordSets } from "../../lib/records.mjs";

const FEW = 100_000;
const MANY = 1_000_000;

export default {
  name: "reference-million",
  title: "1,000,000 records compared with their copies",
  note: "some 600 bytes each, 1 % differ; by the command, less what it takes for empty sets",
  process: "own",
  measures: [
    { key: "memory", title: "resident memory at most", unit: "MiB", must: atMost(300, "MiB") },
    { key: "time", title: "the command, from start to end", unit: "s" },
    { key: "each", title: "a record of 1,000,000", unit: "µs" },
    { key: "eachOfFew", title: "a record of 100,000", unit: "µs" },
    { key: "growth", title: "the one ÷ the other", unit: "×", must: atMost(1.2) },
  ],
  async measure({ smoke }) {
    const nothing = await compared(0);
    const [few, many] = smoke ? [FEW / 100, MANY / 100] : [FEW, MANY];
    const ofFew = await compared(few);
    const ofMany = await compared(many);
    const each = ({ time }, count) => (1_000 * (time - nothing.time)) / count;
    return {
      memory: ofMany.memory,
      time: ofMany.time / 1_000,
      each: each(ofMany, many),
      eachOfFew: each(ofFew, few),
      growth: each(ofMany, many) / each(ofFew, few),
    };
  },
};

async function compared(count) {
  const sets = recordSets("million", count, { every: 100, text: 210 });
  try {
    return await comparedByCommand(sets);
  } finally {
    rmSync(sets.source);
    rmSync(sets.target);
  }
}
