/** What the figures were taken on: nothing that names the machine. */
import { execFileSync } from "node:child_process";
import { closeSync, fsyncSync, mkdtempSync, openSync, readFileSync, rmSync, writeSync } from "node:fs";
import { cpus, release, totalmem } from "node:os";
import { join } from "node:path";
import { scratch } from "./servers.mjs";
import { percentile } from "./statistics.mjs";

const GIB = 2 ** 30;

export function machine() {
  return {
    cpu: cpus()[0].model,
    cores: cpus().length,
    memory: `${(totalmem() / GIB).toFixed(1)} GiB`,
    system: `${systemName()}, Linux ${release().split(".").slice(0, 2).join(".")}`,
    fileSystem: fileSystem(),
    node: process.version,
  };
}

function systemName() {
  return /^PRETTY_NAME="?([^"\n]*)/m.exec(readFileSync("/etc/os-release", "utf8"))?.[1] ?? "Linux";
}

function fileSystem() {
  const options = ["--output=fstype", scratch()];
  return execFileSync("df", options, { encoding: "utf8" }).trim().split("\n").at(-1).trim();
}

/** How long this machine takes to make 200 more bytes of a file durable, in milliseconds. */
export function fsyncTimes(count) {
  const directory = mkdtempSync(join(scratch(), "fsync-"));
  const file = openSync(join(directory, "file"), "w");
  const bytes = Buffer.alloc(200, 1);
  try {
    return Array.from({ length: count }, () => {
      const start = performance.now();
      writeSync(file, bytes);
      fsyncSync(file);
      return performance.now() - start;
    });
  } finally {
    closeSync(file);
    rmSync(directory, { recursive: true });
  }
}

export function fsyncSummary() {
  const times = fsyncTimes(500);
  return { p50: percentile(times, 0.5), p99: percentile(times, 0.99) };
}
