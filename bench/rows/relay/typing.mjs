/** Very many people who type at once. */
import { pause } from "../../lib/clients.mjs";
import { git } from "../../lib/git.mjs";
import { atMost } from "../../lib/must.mjs";
import { cpuSeconds, peakMemory } from "../../lib/process.mjs";
import { withFolders } from "../../lib/relay.mjs";
import { withPlace } from "../../lib/workspaces.mjs";

const FOLDERS = 20;
const NOTES = 25;
const RATE = 20;
const SECONDS = 40;
const INTERVAL = 10;

export default {
  name: "relay-typing",
  title: "500 notes in which people type without a pause",
  note: `${FOLDERS} folders of ${FOLDERS} relays with ${NOTES} notes each, ${RATE} webhooks a second for each note, for ${SECONDS} s; a commit every ${INTERVAL} s`,
  process: "own",
  measures: [
    { key: "events", title: "webhooks", unit: "/s" },
    { key: "backlog", title: "webhooks that wait at the end", must: atMost(500) },
    { key: "half", title: "the same with half as many", must: atMost(500) },
    { key: "gap", title: "longest time between two commits of a folder", unit: "s", must: atMost(INTERVAL + 2, "s") },
    { key: "settled", title: "from the last letter until all is committed", unit: "s", must: atMost(INTERVAL, "s") },
    { key: "cpu", title: "CPU for each webhook", unit: "µs" },
    { key: "sender", title: "the Relay Server's own CPU, which has one thread", unit: "cores" },
    { key: "memory", title: "peak of the process", unit: "MiB" },
  ],
  measure: ({ smoke }) =>
    withPlace((place) => {
      const folders = Array.from({ length: FOLDERS }, () => ({ notes: NOTES, bytes: 1_000 }));
      return withFolders(place, folders, `quiet: 2s, commit-interval: ${INTERVAL}s`, async (there) => {
        const server = await there.start();
        for (let number = 0; number < FOLDERS; number++) {
          await there.untilAll(number, NOTES);
        }
        const notes = there.folders.flatMap((folder) => folder.notes);
        await there.relay.order({ do: "resetCounts" }, { do: "type", notes, rate: RATE });
        const cpu = cpuSeconds(server.pid);
        const sending = cpuSeconds(there.relay.child.pid);
        const stamps = there.folders.map((_, number) => ({ at: performance.now(), stamp: there.stamp(number) }));
        let gap = 0;
        const look = () =>
          stamps.forEach((known, number) => {
            const stamp = there.stamp(number);
            const now = performance.now();
            gap = Math.max(gap, now - known.at);
            if (stamp !== known.stamp) {
              stamps[number] = { at: now, stamp };
            }
          });
        const seconds = smoke ? 12 : SECONDS;
        for (const end = performance.now() + seconds * 1000; performance.now() < end; await pause(50)) {
          look();
        }
        const { webhooks } = await there.relay.counts();
        await there.relay.order({ do: "stopTyping" });
        const stopped = performance.now();
        const used = cpuSeconds(server.pid) - cpu;
        const sent = cpuSeconds(there.relay.child.pid) - sending;
        await settled(there);
        const found = {
          events: webhooks.answered / seconds,
          backlog: webhooks.queued,
          gap: gap / 1000,
          settled: (performance.now() - stopped) / 1000,
          cpu: (used / webhooks.answered) * 1e6,
          sender: sent / seconds,
          memory: peakMemory(server.pid),
        };
        await there.relay.order({ do: "resetCounts" }, { do: "type", notes, rate: RATE / 2 });
        await pause(seconds * 500);
        found.half = (await there.relay.counts()).webhooks.queued;
        await there.relay.order({ do: "stopTyping" });
        await server.stop();
        return found;
      });
    }),
};

/** Waits until every note is in its ledger as the server has it. */
async function settled(there) {
  for (let number = 0; number < FOLDERS; number++) {
    const [{ texts }] = await there.relay.order({ do: "texts", folder: there.folders[number].id });
    while (!isEqual(there.ledger(number), texts)) {
      await pause(50);
    }
  }
}

function isEqual(ledger, texts) {
  return Object.entries(texts).every(([path, text]) => git(ledger, "show", `main:${path.slice(1)}`) === text.trim());
}
