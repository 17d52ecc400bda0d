/** A text that a few people have edited for long, as a Relay Server sends it: an update of everything, with what was deleted. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { atMost, atMostOfPeer } from "../../lib/must.mjs";
import { YJS, readIn } from "../../lib/readers.mjs";
import { scratch } from "../../lib/servers.mjs";
import { percentile } from "../../lib/statistics.mjs";
import { typedText } from "../../lib/typed-texts.mjs";

const EDITS = 100_000;
const [COLD, WARM] = [20, 20];
const TOGETHER = { typed: 8, scattered: 1 };
const made = new Map();

const about = (key, words) => [
  { key: `${key}Warm`, title: `${words}: decoded and read`, unit: "ms", must: atMostOfPeer(2, "2") },
  { key: `${key}First`, title: `${words}: the first time in a new process`, unit: "ms" },
  { key: `${key}Peak`, title: `${words}: heap in use at most, of 64 MiB`, unit: "MiB", must: atMost(64, "MiB") },
  { key: `${key}Live`, title: `${words}: heap that the document takes`, unit: "MiB" },
  { key: `${key}Resident`, title: `${words}: resident memory of the process at most`, unit: "MiB" },
];

export default {
  name: "yjs-decode",
  title: "A text of 100,000 edits, decoded and read",
  note: `the median of ${WARM} in a process, after ${COLD} that count nothing`,
  process: "own",
  peer: YJS,
  measures: [...about("typed", "typed"), ...about("scattered", "each edit elsewhere")],
  async measure({ kind, smoke }) {
    const measured = {};
    for (const [key, together] of Object.entries(TOGETHER)) {
      const files = make(smoke ? EDITS / 20 : EDITS, together);
      const { times, peak, live, resident } = await readIn(kind, ...files, COLD + WARM);
      measured[`${key}Warm`] = percentile(times.slice(COLD), 0.5);
      measured[`${key}First`] = times[0];
      measured[`${key}Peak`] = peak;
      measured[`${key}Live`] = live;
      measured[`${key}Resident`] = resident;
    }
    return measured;
  },
};

/** Files of the update and of what it reads as; made once in a run. */
function make(edits, together) {
  if (!made.has(together)) {
    const files = ["update", "txt"].map((kind) => join(scratch("texts"), `${edits}-${together}.${kind}`));
    const { update, text } = typedText(edits, together);
    writeFileSync(files[0], update);
    writeFileSync(files[1], text);
    made.set(together, files);
  }
  return made.get(together);
}
