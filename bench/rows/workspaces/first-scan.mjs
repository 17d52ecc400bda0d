/** A folder of many small files, taken into a new repository. */
import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { GIT, git } from "../../lib/git.mjs";
import { atMostOfPeer } from "../../lib/must.mjs";
import { SYNCLINE, runSyncline } from "../../lib/servers.mjs";
import { plant } from "../../lib/trees.mjs";
import { newFolder, withPlace } from "../../lib/workspaces.mjs";

const FILES = 100_000;

export default {
  name: "first-scan",
  title: "First scan and first commit of 100,000 small files",
  note: "the whole command, its start included: `syncline init` and `git init && git add -A && git commit`",
  process: "own",
  peer: GIT,
  measures: [{ key: "time", title: "until it is committed", unit: "ms", must: atMostOfPeer(0.7, "0.7") }],
  measure: ({ kind, smoke }) =>
    withPlace((place) => {
      const folder = newFolder(place, "folder");
      const count = smoke ? 1_000 : FILES;
      plant(folder, count);
      execFileSync("sync");
      const start = performance.now();
      if (kind === SYNCLINE) {
        runSyncline("init", "--folder", folder, "--name", "bench", "--git", "-", "--data-dir", join(place, "data"));
      } else {
        git(folder, "init", "-q");
        git(folder, "add", "-A");
        git(folder, "commit", "-q", "-m", "All");
      }
      const time = performance.now() - start;
      const repository = kind === SYNCLINE ? join(place, "data/workspaces/bench/ledger.git") : folder;
      const committed = git(repository, "ls-tree", "-r", "--name-only", "HEAD").split("\n").length;
      if (committed !== count) {
        throw new Error(`${committed} files of ${count} were committed`);
      }
      return { time };
    }),
};
