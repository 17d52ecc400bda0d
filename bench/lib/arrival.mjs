/** When a file came to hold what it should. */
import { readFileSync, statSync, watch } from "node:fs";
import { basename, dirname } from "node:path";

const IN_TIME = 2 * 60_000;

/** Resolves to the moment at which {@code isThere} first says so; it is asked whenever the file's folder changes. */
export function arrival(file, isThere) {
  return new Promise((done, failed) => {
    const watcher = watch(dirname(file), (_, name) => name === basename(file) && look());
    const late = setTimeout(() => end(() => failed(new Error(`${file} did not change in time`))), IN_TIME);
    const end = (how) => {
      clearTimeout(late);
      watcher.close();
      how();
    };
    const look = () => {
      const at = performance.now();
      if (isThere()) {
        end(() => done(at));
      }
    };
    look();
  });
}

/** The same for a file that shall hold a text. */
export function holds(file, text) {
  return arrival(file, () => statSync(file, { throwIfNoEntry: false }) !== undefined && readFileSync(file, "utf8") === text);
}
