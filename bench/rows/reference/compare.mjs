/** Two categories of the size of real ones, with drift. */
import { atMost } from "../../lib/must.mjs";
import { comparedByCommand, comparedWarm, recordSets } from "../../lib/records.mjs";
import { percentile } from "../../lib/statistics.mjs";

const TEXTS = 2_157;
const IMAGES = 161;
const [COLD, WARM] = [20, 20];

export default {
  name: "reference-compare",
  title: "2,157 and 161 records compared with their copies",
  note: `one in 20 differs, and all that differs is looked at; in a warm process, the median of ${WARM} after ${COLD} that count nothing`,
  process: "own",
  measures: [
    { key: "warm", title: "both, reading included, in a warm process", unit: "ms", must: atMost(150, "ms") },
    { key: "first", title: "both, the first time in a new process", unit: "ms" },
    { key: "command", title: "the command for the larger, from start to end", unit: "ms", must: atMost(1_500, "ms") },
  ],
  async measure() {
    const texts = recordSets("texts", TEXTS, { every: 20, text: 105 });
    const images = recordSets("images", IMAGES, { every: 20, text: 700 });
    const times = await comparedWarm([texts, images], COLD + WARM);
    const { time } = await comparedByCommand(texts);
    return { warm: percentile(times.slice(COLD), 0.5), first: times[0], command: time };
  },
};
