/**
 * Automerge sync messages and the chunks in them, read and written without Automerge, so that a light peer costs next to
 * nothing. Follows rust/automerge/src/sync.rs and storage/chunk.rs of automerge/automerge.
 */
import { createHash } from "node:crypto";

const V1 = 0x42;
const V2 = 0x43;
const MAGIC = Buffer.from([0x85, 0x6f, 0x4a, 0x83]);
const CHECKSUM = 4;

/** Capabilities of a 3.x client: version 2 messages, and resets. Without any the other side sends plain changes only. */
export const CURRENT = Buffer.from([0x02, 0x84]);
export const NO_FILTER = Buffer.alloc(0);

export const ChunkType = { DOCUMENT: 0, CHANGE: 1, DEFLATED: 2 };

/**
 * @param {{heads?: string[], need?: string[], have?: {lastSync: string[], bloom: Uint8Array}[],
 *   changes?: Uint8Array[], capabilities?: Uint8Array}} message hashes in hexadecimal
 */
export function encodeSync({ heads = [], need = [], have, changes = [], capabilities }) {
  const claims = have ?? [{ lastSync: [], bloom: NO_FILTER }];
  const parts = [Buffer.of(V1), hashes(heads), hashes(need), uleb(claims.length)];
  for (const { lastSync, bloom } of claims) {
    parts.push(hashes(lastSync), uleb(bloom.length), bloom);
  }
  parts.push(uleb(changes.length));
  for (const change of changes) {
    parts.push(uleb(change.length), change);
  }
  if (capabilities) {
    parts.push(uleb(capabilities.length), capabilities);
  }
  return Buffer.concat(parts);
}

export function decodeSync(bytes) {
  const input = new Input(bytes);
  const version = input.byte();
  if (version !== V1 && version !== V2) {
    throw new Error(`not a sync message: first byte ${version}`);
  }
  return {
    version: version === V1 ? 1 : 2,
    heads: input.many(() => input.hash()),
    need: input.many(() => input.hash()),
    have: input.many(() => ({
      lastSync: input.many(() => input.hash()),
      bloom: input.take(input.uleb()),
    })),
    changes: input.many(() => input.take(input.uleb())),
    capabilities: input.left() ? input.take(input.uleb()) : undefined,
  };
}

/** The heads alone: all that a subscriber needs, whatever the size of the changes behind them. */
export function headsOf(bytes) {
  const input = new Input(bytes);
  input.byte();
  return input.many(() => input.hash());
}

/** The chunks in the changes of a sync message; version 2 puts several into one element. */
export function* chunksOf(changes) {
  for (const element of changes) {
    const input = new Input(element);
    while (input.left()) {
      const start = input.position;
      if (!input.take(MAGIC.length).equals(MAGIC)) {
        throw new Error("not a chunk");
      }
      input.take(CHECKSUM);
      const type = input.byte();
      const body = input.take(input.uleb());
      yield { type, body, bytes: input.bytes.subarray(start, input.position) };
    }
  }
}

/** The hash of a change as it lies on the wire, not deflated. */
export function hashOf(change) {
  return createHash("sha256").update(change.subarray(MAGIC.length + CHECKSUM)).digest("hex");
}

function hashes(list) {
  return Buffer.concat([uleb(list.length), ...list.map((hash) => Buffer.from(hash, "hex"))]);
}

function uleb(value) {
  const bytes = [];
  let rest = value;
  do {
    const more = rest > 0x7f ? 0x80 : 0;
    bytes.push((rest & 0x7f) | more);
    rest = Math.floor(rest / 0x80);
  } while (rest > 0);
  return Buffer.from(bytes);
}

class Input {
  constructor(bytes) {
    this.bytes = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.position = 0;
  }

  left() {
    return this.bytes.length - this.position;
  }

  byte() {
    return this.take(1)[0];
  }

  take(length) {
    if (length > this.left()) {
      throw new Error(`${length} bytes claimed, ${this.left()} left`);
    }
    this.position += length;
    return this.bytes.subarray(this.position - length, this.position);
  }

  uleb() {
    let value = 0;
    let factor = 1;
    for (;;) {
      const byte = this.byte();
      value += (byte & 0x7f) * factor;
      if (byte < 0x80) {
        return value;
      }
      factor *= 0x80;
    }
  }

  hash() {
    return this.take(32).toString("hex");
  }

  many(read) {
    return Array.from({ length: this.uleb() }, read);
  }
}
