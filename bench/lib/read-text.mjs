/**
 * Reads a Yjs document again and again with yjs, and prints how long each took, in milliseconds, and the heap that the
 * document takes, in MiB; then stays until stdin ends.
 *
 * Usage: node --expose-gc read-text.mjs UPDATE EXPECTED TIMES
 */
import { readFileSync } from "node:fs";
import { Doc, applyUpdate } from "yjs";

const MIB = 2 ** 20;
const [file, expectedFile, count] = process.argv.slice(2);
const update = readFileSync(file);
const expected = readFileSync(expectedFile, "utf8");

let doc;
const times = Array.from({ length: Number(count) }, () => {
  const start = performance.now();
  doc = new Doc();
  applyUpdate(doc, update);
  const text = doc.getText("contents").toString();
  const time = performance.now() - start;
  if (text !== expected) {
    throw new Error("read something else");
  }
  return time;
});
const before = used();
doc.destroy();
doc = undefined;
console.log(JSON.stringify({ times, live: (before - used()) / MIB }));
process.stdin.resume();

function used() {
  gc();
  return process.memoryUsage().heapUsed;
}
