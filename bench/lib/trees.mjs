/** Folders of many small files. */
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { pathOf } from "./git.mjs";

/** Writes files of 50 to 1,000 bytes, a hundred in a folder; the same on every machine. */
export function plant(folder, count) {
  for (let number = 0; number < count; number++) {
    const file = join(folder, pathOf(number));
    if (number % 100 === 0) {
      mkdirSync(dirname(file), { recursive: true });
    }
    writeFileSync(file, `file ${number}\n`.repeat(5 + ((number * 7919) % 60)));
  }
}

/** What files a folder has, but for those of the programs that keep it. */
export function contentsOf(folder) {
  const files = new Map();
  for (const entry of readdirSync(folder, { withFileTypes: true, recursive: true })) {
    const path = relative(folder, join(entry.path, entry.name));
    if (entry.isFile() && !/^\.(syncline-folder|git|st)/.test(path)) {
      files.set(path, readFileSync(join(folder, path), "latin1"));
    }
  }
  return files;
}
