/** What Linux says about a process. */
import { execFileSync } from "node:child_process";
import { readFileSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";

const TICKS_PER_SECOND = Number(execFileSync("getconf", ["CLK_TCK"], { encoding: "utf8" }));
const MIB = 1024;

/** User and system time of all its threads, in seconds. */
export function cpuSeconds(pid) {
  // The name of the program is the second field and may hold spaces and parentheses.
  const fields = readFileSync(`/proc/${pid}/stat`, "utf8").replace(/^.*\) /s, "").split(" ");
  const [user, system] = [fields[11], fields[12]].map(Number);
  return (user + system) / TICKS_PER_SECOND;
}

/** Resident memory in MiB: anonymous pages, and mapped files as far as they are in memory. */
export function residentMemory(pid) {
  return field(`/proc/${pid}/smaps_rollup`, "Rss") / MIB;
}

export function peakMemory(pid) {
  return field(`/proc/${pid}/status`, "VmHWM") / MIB;
}

function field(file, name) {
  return Number(new RegExp(`^${name}:\\s+(\\d+) kB`, "m").exec(readFileSync(file, "utf8"))[1]);
}

/** Files and bytes under a directory. */
export function diskUsage(directory) {
  const usage = { files: 0, bytes: 0, allocated: 0 };
  for (const entry of readdirSync(directory, { withFileTypes: true, recursive: true })) {
    // A file may be gone by now: servers tidy up while we look.
    const found = statSync(join(entry.path, entry.name), { throwIfNoEntry: false });
    if (found?.isFile()) {
      usage.files++;
      usage.bytes += found.size;
      usage.allocated += found.blocks * 512;
    }
  }
  return usage;
}
