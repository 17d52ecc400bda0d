/** Tables for people, from what the rounds measured. */
import { SYNCLINE } from "./servers.mjs";
import { summary } from "./statistics.mjs";

/** What a table says of a row: for every measure the figures of Syncline and its peer, and whether it is as it must be. */
export function figures(row, results) {
  return row.measures.map(({ key, title, unit, must }) => {
    const [ours, peer] = [SYNCLINE.key, row.peer?.key].map((subject) => {
      const values = (results[subject] ?? []).map((round) => round[key]).filter((value) => value !== undefined);
      if (values.length === 0) {
        return undefined;
      }
      const { median, min, max } = summary(values);
      return { value: row.summed ? values.reduce((sum, value) => sum + value, 0) : median, min, max, values };
    });
    const figure = { key, title, unit, must: must?.text, ours, peer };
    if (must && ours && (peer || !must.compares)) {
      figure.met = must.met(ours.value, peer?.value);
    }
    return figure;
  });
}

/** A Markdown table of what was measured for one row. */
export function table({ title, note, summed }, { rounds, peer: beside, figures: list }) {
  const lines = [
    `#### ${title}`,
    "",
    `${rounds} ${rounds === 1 ? "round" : "rounds"}${note ? `; ${note}` : ""}.`,
    "",
    rowOf(["measure", "Syncline", ...(beside ? [beside] : []), "must", ""]),
    rowOf(["---", "---:", ...(beside ? ["---:"] : []), "---", "---"]),
  ];
  for (const { title: name, unit, must, met, ours, peer } of list) {
    const cells = (beside ? [ours, peer] : [ours]).map((figure) => cell(figure, unit, summed));
    lines.push(rowOf([name, ...cells, must ?? "", verdict(met)]));
  }
  return [...lines, ""].join("\n");
}

function rowOf(cells) {
  return `| ${cells.join(" | ")} |`;
}

function cell(figure, unit, summed) {
  if (figure === undefined) {
    return "–";
  }
  const { value, min, max } = figure;
  const words = `**${number(value)}**${unit ? ` ${unit}` : ""}`;
  return summed || min === max ? words : `${words} (${number(min)}–${number(max)})`;
}

function verdict(met) {
  return met === undefined ? "" : met ? "yes" : "**no**";
}

/** Three digits that mean something. */
export function number(value) {
  const size = Math.abs(value);
  const digits = Number.isInteger(value) || size >= 100 ? 0 : size >= 10 ? 1 : size >= 1 ? 2 : 3;
  return value.toLocaleString("en", { minimumFractionDigits: digits, maximumFractionDigits: digits });
}

/** What the figures were taken on. */
export function machineLines(machine, versions) {
  return [
    `- ${machine.cpu}, ${machine.cores} cores, ${machine.memory} of memory; ${machine.system}`,
    `- data directories on ${machine.fileSystem}; writing 200 bytes and fsync: p50 ${number(machine.fsync.p50)} ms, p99 ${number(machine.fsync.p99)} ms`,
    `- Syncline: ${versions.syncline}; reference: npm automerge-repo-sync-server ${versions.reference} on Node ${machine.node}, as the load generator`,
    "",
  ].join("\n");
}
