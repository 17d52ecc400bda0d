/** Programs that read a Yjs document: ours in a JVM as the server's, but with less heap, and yjs in Node. */
import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { createInterface } from "node:readline";
import { peakMemory } from "./process.mjs";
import { SYNCLINE, javaHome, scratch } from "./servers.mjs";

const lib = import.meta.dirname;
const root = resolve(lib, "../..");
const { version } = JSON.parse(readFileSync(join(root, "bench/node_modules/yjs/package.json"), "utf8"));
const HEAP = "-Xmx64m";
let compiled;

export const YJS = { name: `yjs ${version}`, key: "yjs" };

/**
 * Reads it so many times in a process of its own.
 *
 * @returns {Promise<{times: number[], peak?: number, live: number, resident: number}>} milliseconds and MiB
 */
export async function readIn(kind, updateFile, textFile, times) {
  const [program, ...options] = kind === SYNCLINE ? java() : [process.execPath, "--expose-gc", join(lib, "read-text.mjs")];
  const reader = spawn(program, [...options, updateFile, textFile, String(times)], { stdio: ["pipe", "pipe", "inherit"] });
  const ended = once(reader, "exit");
  try {
    const { value: line } = await createInterface({ input: reader.stdout })[Symbol.asyncIterator]().next();
    if (line === undefined) {
      throw new Error(`${kind.name} ended without an answer: see above`);
    }
    return { ...JSON.parse(line), resident: peakMemory(reader.pid) };
  } finally {
    reader.stdin.end();
    await ended;
  }
}

function java() {
  const home = javaHome();
  const library = join(root, "yjs/target/classes");
  if (compiled === undefined) {
    compiled = scratch("classes");
    execFileSync(join(home, "bin/javac"), ["-cp", library, "-d", compiled, join(lib, "ReadText.java")]);
  }
  return [join(home, "bin/java"), `@${join(root, "jvm.options")}`, HEAP, "-cp", `${library}:${compiled}`, "ReadText"];
}
