/** From what somebody types to the commit. */
import { pause } from "../../lib/clients.mjs";
import { atMost } from "../../lib/must.mjs";
import { withFolders } from "../../lib/relay.mjs";
import { percentile } from "../../lib/statistics.mjs";
import { withPlace } from "../../lib/workspaces.mjs";

const EDITS = 300;
const WARM_UP = 50;

export default {
  name: "relay-committed",
  title: "Typed into a note of a Relay Server: until it is committed",
  note: `${EDITS} edits in a round, quiet period 0; with the webhook's way and the fetch of the document`,
  process: "own",
  measures: [
    { key: "p50", title: "p50", unit: "ms", must: atMost(50, "ms") },
    { key: "p99", title: "p99", unit: "ms", must: atMost(250, "ms") },
  ],
  measure: ({ smoke }) =>
    withPlace((place) =>
      withFolders(place, [{ notes: 100, bytes: 1_000 }], "quiet: 0, commit-interval: 0", async (there) => {
        const server = await there.start();
        await there.untilAll(0, 100);
        const times = [];
        const { notes } = there.folders[0];
        for (let number = 0; number < WARM_UP + (smoke ? 20 : EDITS); number++) {
          const before = there.stamp(0);
          const start = performance.now();
          await there.relay.order({ do: "edit", note: notes[number % notes.length], at: 0, insert: `${number} ` });
          times.push((await there.changed(0, before)) - start);
          await pause(20);
        }
        await server.stop();
        const counted = times.slice(WARM_UP);
        return { p50: percentile(counted, 0.5), p99: percentile(counted, 0.99) };
      }),
    ),
};
