/** Many commits of one file each. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { GIT, bare, git, gitReading } from "../../lib/git.mjs";
import { atLeast } from "../../lib/must.mjs";
import { SYNCLINE } from "../../lib/servers.mjs";
import { newFolder, withPlace, withWorkspace } from "../../lib/workspaces.mjs";

const COMMITS = 5_000;
const COMMITS_CLI = 50;
const AT_ONCE = 256;

export default {
  name: "separate",
  title: "Separate commits of one file each",
  note:
    `${COMMITS.toLocaleString("en")} by ${AT_ONCE} clients of \`POST …/changes\`, and by \`git fast-import\`, which makes nothing durable; ` +
    `${COMMITS_CLI} by \`git add\` and \`git commit\``,
  process: "own",
  peer: GIT,
  measures: [
    { key: "rate", title: "durable commits, each a request of its own", unit: "commits/s", must: atLeast(1_000, "commits/s") },
    { key: "fast", title: "commits by git fast-import", unit: "commits/s" },
    { key: "cli", title: "commits by the command line", unit: "commits/s" },
  ],
  measure: ({ kind, smoke }) => withPlace((place) => (kind === SYNCLINE ? ours(place, smoke) : theirs(place))),
};

async function ours(place, smoke) {
  const links = { origin: `git: ${bare(join(place, "origin.git"))}, direction: in` };
  return await withWorkspace(place, links, async (workspace) => {
    await send(workspace, "warm", smoke ? 10 : 2_000);
    const count = smoke ? 100 : COMMITS;
    const before = Number(git(workspace.ledger, "rev-list", "--count", "HEAD"));
    const start = performance.now();
    await send(workspace, "file", count);
    const seconds = (performance.now() - start) / 1_000;
    const made = Number(git(workspace.ledger, "rev-list", "--count", "HEAD")) - before;
    if (made !== count) {
      throw new Error(`${made} commits of ${count} changes`);
    }
    return { rate: count / seconds };
  });
}

async function send(workspace, name, count) {
  let next = 0;
  const client = async () => {
    while (next < count) {
      const number = next++;
      await workspace.change([{ path: `${name}/${number % 100}.txt`, text: `change ${number}\n` }]);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, client));
}

function theirs(place) {
  const origin = bare(join(place, "fast.git"));
  const input = Array.from({ length: COMMITS }, (_, number) => commit(number)).join("");
  const fast = timed(COMMITS, () => gitReading(origin, input, "fast-import", "--quiet"));
  const folder = newFolder(place, "folder");
  git(folder, "init", "-q");
  const cli = timed(COMMITS_CLI, () => {
    for (let number = 0; number < COMMITS_CLI; number++) {
      writeFileSync(join(folder, `${number}.txt`), `change ${number}\n`);
      git(folder, "add", `${number}.txt`);
      git(folder, "commit", "-q", "-m", "Change");
    }
  });
  return { fast, cli };
}

/** What git-fast-import reads: it takes the branch's last commit as the parent by itself. */
function commit(number) {
  const text = `change ${number}\n`;
  return [
    "commit refs/heads/main",
    "committer Ada <ada@example.org> 1700000000 +0000",
    "data 0",
    `M 100644 inline file/${number % 100}.txt`,
    `data ${text.length}`,
    text,
  ].join("\n");
}

function timed(count, work) {
  const start = performance.now();
  work();
  return count / ((performance.now() - start) / 1_000);
}
