/** A large folder for the first time. */
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { Agent, get } from "node:http";
import { atLeast, atMost } from "../../lib/must.mjs";
import { peakMemory } from "../../lib/process.mjs";
import { withFolders } from "../../lib/relay.mjs";
import { withPlace } from "../../lib/workspaces.mjs";

const NOTES = 10_000;
const AT_ONCE = 8;

export default {
  name: "relay-import",
  title: "10,000 notes of a Relay Server, for the first time",
  note: `1 kB each, in a heap of 256 MB; beyond the time in which Node fetches the same documents, ${AT_ONCE} at once`,
  process: "own",
  measures: [
    { key: "time", title: "until all are committed", unit: "s" },
    { key: "fetch", title: "fetched by Node", unit: "s" },
    { key: "speed", title: "notes a second beyond that", must: atLeast(2_000) },
    { key: "memory", title: "peak of the process", unit: "MiB" },
    { key: "packs", title: "packs", must: atMost(1) },
    { key: "loose", title: "loose objects", must: atMost(0) },
  ],
  measure: ({ smoke }) =>
    withPlace((place) => {
      const count = smoke ? NOTES / 10 : NOTES;
      return withFolders(place, [{ notes: count, bytes: 1_000 }], "quiet: 0", async (there) => {
        const fetched = await fetching(there.relay, there.folders[0]);
        const before = performance.now();
        const server = await there.start({ SYNCLINE_JAVA_OPTS: "-Xmx256m" });
        const start = before + server.startedIn;
        await there.untilAll(0, count);
        const time = (performance.now() - start) / 1000;
        const memory = peakMemory(server.pid);
        await server.stop();
        const objects = join(there.ledger(0), "objects");
        return {
          time,
          fetch: fetched,
          speed: count / Math.max(time - fetched, 0.001),
          memory,
          packs: readdirSync(join(objects, "pack")).filter((name) => name.endsWith(".pack")).length,
          loose: readdirSync(objects).filter((name) => /^[0-9a-f]{2}$/.test(name)).length,
        };
      });
    }),
};

/** How many seconds it takes to fetch all documents and do nothing with them. */
async function fetching(relay, folder) {
  const agent = new Agent({ keepAlive: true, maxSockets: AT_ONCE });
  const headers = { authorization: `Bearer ${relay.key}` };
  const left = [folder.id, ...folder.notes];
  const one = (id) =>
    new Promise((done, failed) => {
      get(new URL(`/d/${id}/as-update`, relay.url), { agent, headers }, (response) => {
        response.resume().on("end", done).on("error", failed);
      }).on("error", failed);
    });
  const start = performance.now();
  await Promise.all(
    Array.from({ length: AT_ONCE }, async () => {
      for (let id = left.pop(); id !== undefined; id = left.pop()) {
        await one(id);
      }
    }),
  );
  agent.destroy();
  return (performance.now() - start) / 1000;
}
