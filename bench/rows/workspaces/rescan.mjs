/** Looking at many files of which none has changed. */
import { GIT, git } from "../../lib/git.mjs";
import { atMostOfPeer } from "../../lib/must.mjs";
import { SYNCLINE } from "../../lib/servers.mjs";
import { percentile } from "../../lib/statistics.mjs";
import { plant } from "../../lib/trees.mjs";
import { newFolder, withPlace, withWorkspace } from "../../lib/workspaces.mjs";

const FILES = 100_000;
const TIMES = 10;

export default {
  name: "rescan",
  title: "Rescan of 100,000 unchanged files",
  note: `the median of ${TIMES} in a round: \`POST …/sync\` of a running server, and \`git status\``,
  process: "own",
  peer: GIT,
  measures: [{ key: "time", title: "until it is known that nothing changed", unit: "ms", must: atMostOfPeer(1.5, "1.5") }],
  measure: ({ kind, smoke }) =>
    withPlace(async (place) => {
      const folder = newFolder(place, "folder");
      plant(folder, smoke ? 1_000 : FILES);
      if (kind === SYNCLINE) {
        return await withWorkspace(place, { folder: `folder: ${folder}` }, (workspace) => timed(() => workspace.sync()));
      }
      git(folder, "init", "-q");
      git(folder, "add", "-A");
      git(folder, "commit", "-q", "-m", "All");
      return await timed(() => git(folder, "status", "--porcelain"));
    }),
};

async function timed(look) {
  const times = [];
  for (let round = 0; round <= TIMES; round++) {
    const start = performance.now();
    await look();
    times.push(performance.now() - start);
  }
  return { time: percentile(times.slice(1), 0.5) };
}
