/** Documents to measure with: someone types a text. Made by the real library once, then kept beside the scripts. */
import * as Automerge from "@automerge/automerge";
import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { history } from "./clients.mjs";
import { scratch } from "./servers.mjs";

const HASH = 32;
const STEPS = [500, 5_000, 20_000, 102_000];
const loaded = new Map();

/** The first {@code length} edits of one history that is the same on every machine. */
export function edits(length) {
  const step = STEPS.find((size) => size >= length);
  if (!loaded.has(step)) {
    loaded.set(step, load(step));
  }
  return loaded.get(step).slice(0, length);
}

function load(length) {
  const file = join(scratch(), `history-${length}.bin`);
  if (!existsSync(file)) {
    console.error(`making a document of ${length} changes (once) …`);
    writeFileSync(`${file}.new`, pack(history(Automerge, length)));
    renameSync(`${file}.new`, file);
  }
  return unpack(readFileSync(file));
}

function pack(list) {
  return Buffer.concat(
    list.flatMap(({ change, hash }) => {
      const length = Buffer.alloc(4);
      length.writeUInt32LE(change.length);
      return [Buffer.from(hash, "hex"), length, change];
    }),
  );
}

function unpack(bytes) {
  const list = [];
  for (let position = 0; position < bytes.length; ) {
    const hash = bytes.toString("hex", position, position + HASH);
    const start = position + HASH + 4;
    position = start + bytes.readUInt32LE(position + HASH);
    list.push({ hash, change: bytes.subarray(start, position) });
  }
  return list;
}
