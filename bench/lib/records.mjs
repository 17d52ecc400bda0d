/** Sets of records as model references have them, and what compares them: Syncline's library and its command. */
import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { closeSync, openSync, writeSync } from "node:fs";
import { join, resolve } from "node:path";
import { createInterface } from "node:readline";
import { peakMemory } from "./process.mjs";
import { javaHome, scratch } from "./servers.mjs";

const lib = import.meta.dirname;
const root = resolve(lib, "../..");
const launcher = join(root, "syncline");
const DRIFT = 2;
const LOOK = 20;
let compiled;

/**
 * Writes a source and a target that differ in a share of their records: half of these have another version and are
 * marked, a quarter is new, a quarter is gone.
 *
 * @param more.every one record of so many differs
 * @param more.text how long the description of each is, in characters
 * @returns {{source: string, target: string, modified: number, added: number, removed: number}}
 */
export function recordSets(name, count, { every, text }) {
  const [source, target] = ["source", "target"].map((side) => join(scratch("records"), `${name}-${side}.json`));
  const counts = { modified: 0, added: 0, removed: 0 };
  const [inSource, inTarget] = [writer(source, 4), writer(target, "\t")];
  for (let number = 0; number < count; number++) {
    const kind = number % every === 0 ? ["modified", "added", "modified", "removed"][(number / every) % 4] : "same";
    if (kind !== "same") {
      counts[kind]++;
    }
    if (kind !== "removed") {
      inSource.add(record(number, text, kind === "modified"));
    }
    if (kind !== "added") {
      inTarget.add(record(number, text, false));
    }
  }
  inSource.end();
  inTarget.end();
  return { source, target, ...counts };
}

function record(number, length, changed) {
  return {
    name: `model-${number}`,
    baseline: "stable_diffusion_xl",
    description: `${"a model for pictures — of any kind ".repeat(length / 35)}${number}`,
    version: changed ? "2.0" : "1.0",
    nsfw: number % 3 === 0,
    tags: ["anime", "general", `tag ${number % 50}`],
    size_on_disk_bytes: 6_938_063_064 + number,
    config: { files: [{ path: `model-${number}.safetensors`, sha256sum: String(number).padStart(64, "0") }] },
  };
}

function writer(file, indent) {
  const out = openSync(file, "w");
  let lines = ["{\n"];
  let comma = "";
  const flush = () => {
    writeSync(out, lines.join(""));
    lines = [];
  };
  return {
    add(value) {
      lines.push(`${comma}${JSON.stringify(value.name)}: ${JSON.stringify(value, undefined, indent)}`);
      comma = ",\n";
      if (lines.length === 1_000) {
        flush();
      }
    },
    end() {
      lines.push("\n}\n");
      flush();
      closeSync(out);
    },
  };
}

/** Compares pairs of sets so many times in one process: how long all pairs took together each time, in milliseconds. */
export async function comparedWarm(pairs, times) {
  const home = javaHome();
  const library = join(root, "core/target/classes");
  if (compiled === undefined) {
    compiled = scratch("classes");
    execFileSync(join(home, "bin/javac"), ["-cp", library, "-d", compiled, join(lib, "CompareRecords.java")]);
  }
  const files = pairs.flatMap(({ source, target }) => [source, target]);
  const jvm = [`@${join(root, "jvm.options")}`, "-cp", `${library}:${compiled}`, "CompareRecords"];
  const output = execFileSync(join(home, "bin/java"), [...jvm, String(times), ...files], { encoding: "utf8" });
  const answer = JSON.parse(output);
  const expected = pairs.reduce((sum, pair) => sum + total(pair), 0);
  if (answer.total !== expected) {
    throw new Error(`${answer.total} differences in place of ${expected}`);
  }
  return answer.times;
}

/** Runs the command on a pair; how long it took from start to end, and its largest resident memory. */
export async function comparedByCommand(pair) {
  const start = performance.now();
  const command = spawn(launcher, ["reference", "diff", pair.source, pair.target], { stdio: ["ignore", "pipe", "inherit"] });
  const ended = once(command, "exit");
  let memory = 0;
  const look = setInterval(() => (memory = Math.max(memory, seen(command.pid))), LOOK);
  let last = "";
  for await (const line of createInterface({ input: command.stdout })) {
    last = line;
  }
  const [code] = await ended;
  clearInterval(look);
  const words = `${pair.added} added, ${pair.removed} removed, ${pair.modified} modified.`;
  if (code !== (total(pair) > 0 ? DRIFT : 0) || (total(pair) > 0 && !last.endsWith(words))) {
    throw new Error(`ended with ${code}: ${last}`);
  }
  return { time: performance.now() - start, memory };
}

/** It may have ended by now. */
function seen(pid) {
  try {
    return peakMemory(pid);
  } catch {
    return 0;
  }
}

function total({ added, removed, modified }) {
  return added + removed + modified;
}
