/** One changed note in a large folder. */
import { pause } from "../../lib/clients.mjs";
import { atMost } from "../../lib/must.mjs";
import { withFolders } from "../../lib/relay.mjs";
import { withPlace } from "../../lib/workspaces.mjs";

const NOTES = 10_000;
const CHANGES = 20;

export default {
  name: "relay-one-note",
  title: "One changed note in a folder of 10,000",
  note: `${CHANGES} of each in a round: a note that was edited, and a note that was renamed`,
  process: "own",
  measures: [
    { key: "edited", title: "documents fetched for an edit", must: atMost(1) },
    { key: "renamed", title: "documents fetched for a rename", must: atMost(2) },
    { key: "time", title: "an edit until it is committed, mean", unit: "ms" },
  ],
  measure: ({ smoke }) =>
    withPlace((place) => {
      const count = smoke ? NOTES / 10 : NOTES;
      return withFolders(place, [{ notes: count, bytes: 1_000 }], "quiet: 50ms", async (there) => {
        const server = await there.start();
        await there.untilAll(0, count);
        const { id: folder, notes } = there.folders[0];
        let time = 0;
        const fetches = async (order) => {
          await pause(300);
          await there.relay.order({ do: "resetCounts" });
          for (let number = 0; number < CHANGES; number++) {
            const before = there.stamp(0);
            const start = performance.now();
            await there.relay.order(order(number));
            time += (await there.changed(0, before)) - start;
            await pause(300);
          }
          const { requests } = await there.relay.counts();
          const all = Object.values(requests["as-update"]).reduce((sum, { requests }) => sum + requests, 0);
          return all / CHANGES;
        };
        const edited = await fetches((number) => ({ do: "edit", note: notes[number * 7], at: 0, insert: "x" }));
        const mean = time / CHANGES;
        const [{ texts }] = await there.relay.order({ do: "texts", folder });
        const paths = Object.keys(texts);
        const renamed = await fetches((number) => ({
          do: "rename",
          folder,
          from: paths[number * 11],
          to: `/renamed-${number}.md`,
        }));
        await server.stop();
        return { edited, renamed, time: mean };
      });
    }),
};
