/** A pull request to a large repository, from nothing. */
import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { withForge } from "../../lib/forge.mjs";
import { git, gitLater } from "../../lib/git.mjs";
import { atMost } from "../../lib/must.mjs";
import { recordSets } from "../../lib/records.mjs";
import { withPlace } from "../../lib/workspaces.mjs";

const launcher = resolve(import.meta.dirname, "../../../syncline");
const NAMES = ["images", "texts", "voices"];
const PICTURES = 530;
const PICTURE = 100_000;

export default {
  name: "proposal-bytes",
  title: "A pull request that changes 3 files in a repository of 53 MB",
  note: `${PICTURES} pictures and three files of some 200 records; by \`syncline reference sync\`, the first time and after a change, beside \`git clone --depth 1\``,
  process: "own",
  measures: [
    { key: "clone", title: "bytes that a shallow clone fetches", unit: "KiB" },
    { key: "first", title: "bytes fetched for the first pull request", unit: "KiB" },
    { key: "share", title: "the one ÷ the other", unit: "%", must: atMost(2, "%") },
    { key: "opened", title: "requests for it, of Git and of the API", must: atMost(15) },
    { key: "again", title: "requests of a run without news", must: atMost(3) },
    { key: "time", title: "the command for the first, from start to end", unit: "s" },
  ],
  measure: ({ smoke }) =>
    withPlace((place) => {
      const data = {};
      return withForge(join(place, "catalogue.git"), data, async (forge) => {
        fill(place, forge, data, smoke ? PICTURES / 10 : PICTURES);
        await gitLater(place, "clone", "-q", "--depth", "1", forge.url, "clone");
        const clone = forge.sent;
        settle(place, forge);
        forge.reset();
        const start = performance.now();
        await sync(place);
        const time = (performance.now() - start) / 1_000;
        const first = forge.sent;
        const opened = forge.requests.git + forge.requests.api;
        const changed = git(forge.folder, "diff", "--name-only", "main", "sync/data").split("\n");
        if (forge.pulls.length !== 1 || changed.length !== NAMES.length) {
          throw new Error(`${forge.pulls.length} pull requests that change ${changed}`);
        }
        forge.reset();
        await sync(place);
        const again = forge.requests.git + forge.requests.api;
        return { clone: clone / 1_024, first: first / 1_024, share: (100 * first) / clone, opened, again, time };
      });
    }),
};

function fill(place, forge, data, pictures) {
  const work = join(place, "work");
  mkdirSync(join(work, "pictures"), { recursive: true });
  for (let number = 0; number < pictures; number++) {
    writeFileSync(join(work, "pictures", `${number}.webp`), randomBytes(PICTURE));
  }
  for (const [more, name] of NAMES.entries()) {
    const { source, target } = recordSets(name, 200 + 20 * more, { every: 20, text: 105 });
    data[name] = readFileSync(source);
    writeFileSync(join(work, `${name}.json`), readFileSync(target));
  }
  git(work, "init", "-q");
  git(work, "add", ".");
  git(work, "commit", "-q", "-m", "first");
  git(work, "push", "-q", forge.folder, "HEAD:refs/heads/main");
}

function settle(place, forge) {
  writeFileSync(join(place, "token"), "ghp_0123456789abcdefghijklmnopqrstuvwxyz");
  writeFileSync(
    join(place, "reference.yaml"),
    `author: Bot <bot@example.org>
links:
  github:
    git: ${forge.url}
    token-file: ${join(place, "token")}
    include: [${NAMES.map((name) => `/${name}.json`).join(", ")}]
    pull-request:
      forge: github
      branch: sync/data
      source: The catalogue
      labels: [automated]
  source:
    json-api: ${forge.address}/data/
    categories:
${NAMES.map((name) => `      ${name}: {}`).join("\n")}
`,
  );
}

async function sync(place) {
  const env = { ...process.env, DATA_DIR: join(place, "data") };
  const command = ["reference", "sync", "--workspace-file", "reference.yaml"];
  const child = spawn(launcher, command, { cwd: place, env, stdio: ["ignore", "pipe", "inherit"] });
  let said = "";
  child.stdout.on("data", (bytes) => (said += bytes));
  const [code] = await once(child, "exit");
  if (code !== 0) {
    throw new Error(`ended with ${code}: ${said}`);
  }
}
