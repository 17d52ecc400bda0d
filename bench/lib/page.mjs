/** Keeps docs/benchmarks.md as measured: figures are written by the run, the words around them by people. */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { machineLines, table } from "./report.mjs";

const docs = resolve(import.meta.dirname, "../../docs");
const page = resolve(docs, "benchmarks.md");
const record = resolve(docs, "benchmarks.json");

/**
 * Adds a run to the record and puts the tables of everything recorded on the page.
 *
 * @param run rows measured now; figures of another machine or build are dropped, because they don't compare
 * @param groups all rows there are, by the part of the page that they are on
 */
export function write(run, groups) {
  const before = existsSync(record) ? JSON.parse(readFileSync(record, "utf8")) : undefined;
  const rows = before && comparable(before, run) ? { ...before.rows, ...run.rows } : run.rows;
  const whole = { ...run, rows };
  writeFileSync(record, `${JSON.stringify(whole, undefined, 1)}\n`);

  let text = readFileSync(page, "utf8");
  const taken = `Last taken on ${whole.date}, on\n\n`;
  text = replaced(text, "machine", taken + machineLines(whole.machine, whole.versions));
  for (const [group, order] of Object.entries(groups)) {
    const tables = order.filter(({ name }) => rows[name]).map((row) => table(row, rows[row.name]));
    text = replaced(text, group, tables.join("\n"));
  }
  writeFileSync(page, text);
}

function comparable(before, now) {
  const what = ({ machine: { fsync, ...machine }, versions }) => JSON.stringify([machine, versions]);
  return what(before) === what(now);
}

function replaced(text, name, content) {
  const [begin, end] = [`<!-- ${name}: written by bench/run.mjs -->\n`, `<!-- end of ${name} -->`];
  const from = text.indexOf(begin);
  const to = text.indexOf(end);
  if (from < 0 || to < from) {
    throw new Error(`${page} has no place for the ${name}`);
  }
  return text.slice(0, from + begin.length) + `\n${content}\n` + text.slice(to);
}
