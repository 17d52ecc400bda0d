#!/usr/bin/env node
/** Measures Syncline beside its peers, in the same run. See docs/benchmarks.md. */
import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { parseArgs } from "node:util";

const USAGE = `Usage: node bench/run.mjs [options] [row…]

Measures the given rows, or all of them, and prints Markdown tables on stdout.

  --rounds N   how often each is measured (default 5)
  --json       print what was measured as JSON instead
  --write      also write the figures into docs/benchmarks.md and docs/benchmarks.json
  --smoke      one round of less work each: shows that it runs, and measures nothing
  --list       name the rows

Environment: SYNCLINE_COMMAND  a command to measure in place of "./syncline serve"; it honours PORT and DATA_DIR
`;

const options = {
  rounds: { type: "string", default: "5" },
  json: { type: "boolean", default: false },
  write: { type: "boolean", default: false },
  smoke: { type: "boolean", default: false },
  list: { type: "boolean", default: false },
  help: { type: "boolean", default: false },
};

const { values: given, positionals: names } = arguments_();
if (given.help) {
  console.log(USAGE);
  process.exit(0);
}
if (!existsSync(new URL("node_modules", import.meta.url))) {
  console.error("installing the reference server and the clients (once) …");
  execFileSync("npm", ["ci", "--no-progress"], { cwd: import.meta.dirname, stdio: ["ignore", 2, 2] });
}

const { groups, rows } = await import("./rows/index.mjs");
if (given.list) {
  rows.forEach(({ name, title }) => console.log(`${name.padEnd(16)} ${title}`));
  process.exit(0);
}
const chosen = names.length === 0 ? rows : names.map(row);
const settings = { rounds: given.smoke ? 1 : Number(given.rounds), smoke: given.smoke };
if (!Number.isInteger(settings.rounds) || settings.rounds < 1) {
  fail(`not a number of rounds: ${given.rounds}`);
}
if (given.write && given.smoke) {
  fail("a smoke run measures nothing that could be written");
}

const { build, versions } = await import("./lib/servers.mjs");
const { machine, fsyncSummary } = await import("./lib/machine.mjs");
const { measureRow } = await import("./lib/rounds.mjs");
const { figures, machineLines, table } = await import("./lib/report.mjs");
const { write } = await import("./lib/page.mjs");

build();
const run = {
  date: new Date().toISOString().slice(0, 10),
  machine: { ...machine(), fsync: fsyncSummary() },
  versions: versions(),
  rows: {},
};
// An exit of ours takes the servers with it.
["SIGINT", "SIGTERM"].forEach((signal) => process.once(signal, () => process.exit(130)));
const tell = (line) => console.error(line);
if (!given.json) {
  console.log(machineLines(run.machine, run.versions));
}
for (const row of chosen) {
  const results = await measureRow(row, settings, tell);
  run.rows[row.name] = { rounds: settings.rounds, peer: row.peer?.name, figures: figures(row, results) };
  if (!given.json) {
    console.log(table(row, run.rows[row.name]));
  }
  if (given.write) {
    write(run, groups);
  }
}
if (given.json) {
  console.log(JSON.stringify(run, undefined, 1));
}
process.exit(0);

function arguments_() {
  try {
    return parseArgs({ options, allowPositionals: true });
  } catch (unknown) {
    return fail(`${unknown.message}\n\n${USAGE}`);
  }
}

function row(name) {
  return rows.find((known) => known.name === name) ?? fail(`no row "${name}": ${rows.map((known) => known.name).join(", ")}`);
}

function fail(why) {
  console.error(why);
  process.exit(2);
}
