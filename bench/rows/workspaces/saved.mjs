/** From saving a file in one folder until the ledger has it, durably, and until another folder has the same bytes. */
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { arrival, holds } from "../../lib/arrival.mjs";
import { pause } from "../../lib/clients.mjs";
import { git } from "../../lib/git.mjs";
import { atMost, atMostOfPeer, both } from "../../lib/must.mjs";
import { SYNCLINE } from "../../lib/servers.mjs";
import { percentile } from "../../lib/statistics.mjs";
import { SYNCTHING, withSyncthing } from "../../lib/syncthing.mjs";
import { newFolder, withPlace, withWorkspace } from "../../lib/workspaces.mjs";

const GAP = 200;
const SAVES = 150;
const SAVES_PEER = 3;

export default {
  name: "saved",
  title: "A file saved",
  note: `${SAVES} saves in a round with Syncline, ${SAVES_PEER} with Syncthing, each alone, in a folder of 1,000 files; both with their defaults`,
  process: "own",
  peer: SYNCTHING,
  measures: [
    { key: "committed50", title: "until the ledger has it durably, p50", unit: "ms", must: atMost(60, "ms") },
    { key: "committed99", title: "until the ledger has it durably, p99", unit: "ms", must: atMost(250, "ms") },
    { key: "there50", title: "until another folder has it, p50", unit: "ms", must: both(atMost(150, "ms"), atMostOfPeer(1 / 20, "1/20")) },
    { key: "there99", title: "until another folder has it, p99", unit: "ms" },
  ],
  measure: ({ kind, smoke }) => withPlace((place) => (kind === SYNCLINE ? ours(place, smoke) : theirs(place))),
};

async function ours(place, smoke) {
  const [one, other] = folders(place);
  return await withWorkspace(place, { one: `folder: ${one}`, other: `folder: ${other}` }, async ({ ledger }) => {
    const committed = [];
    const there = [];
    for (let number = 0; number < (smoke ? 5 : SAVES + 10); number++) {
      await pause(GAP);
      const text = `save ${number}\n`;
      const heads = join(ledger, "packed-refs");
      const before = readFileSync(heads, "utf8");
      const inLedger = arrival(heads, () => readFileSync(heads, "utf8") !== before);
      const inOther = holds(join(other, "d/saved.txt"), text);
      const start = performance.now();
      writeFileSync(join(one, "d/saved.txt"), text);
      committed.push((await inLedger) - start);
      there.push((await inOther) - start);
      // The watch said that the ledger changed; this says that it changed to what was saved.
      const stored = git(ledger, "show", "HEAD:d/saved.txt");
      if (stored !== text.trim()) {
        throw new Error(`the ledger has "${stored}" for "${text}"`);
      }
    }
    // The first saves meet code that was never run.
    const warm = (times) => times.slice(smoke ? 0 : 10);
    return {
      committed50: percentile(warm(committed), 0.5),
      committed99: percentile(warm(committed), 0.99),
      there50: percentile(warm(there), 0.5),
      there99: percentile(warm(there), 0.99),
    };
  });
}

async function theirs(place) {
  const [one, other] = folders(place);
  return await withSyncthing(place, [one, other], async () => {
    const there = [];
    for (let number = 0; number <= SAVES_PEER; number++) {
      const text = `save ${number}\n`;
      const inOther = holds(join(other, "d/saved.txt"), text);
      const start = performance.now();
      writeFileSync(join(one, "d/saved.txt"), text);
      there.push((await inOther) - start);
      await pause(GAP);
    }
    // The first waits until the two have met.
    return { there50: percentile(there.slice(1), 0.5) };
  });
}

function folders(place) {
  return ["one", "other"].map((name) => {
    const folder = newFolder(place, name);
    mkdirSync(join(folder, "d"));
    for (let number = 0; number < 1_000; number++) {
      writeFileSync(join(folder, "d", `${number}.txt`), `file ${number}\n`);
    }
    return folder;
  });
}
