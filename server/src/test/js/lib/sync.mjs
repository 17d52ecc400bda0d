/**
 * Automerge sync messages and the chunks in them, read and written without Automerge, so that a light peer costs next to
 * nothing. Follows rust/automerge/src/sync.rs and storage/chunk.rs of automerge/automerge.
 */
const V1 = 0x42;
const V2 = 0x43;
const HASH = 32;
const MAGIC = 4;
const CHECKSUM = 4;
const DOCUMENT = 0;

/** Capabilities of a 3.x client: version 2 messages, and resets. Without any the other side sends plain changes only. */
export const CURRENT = Buffer.from([0x02, 0x84]);
export const NO_FILTER = Buffer.alloc(0);

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

/** The heads alone: all that a subscriber needs, whatever the size of the changes behind them. */
export function headsOf(bytes) {
  const input = new Input(bytes);
  input.byte();
  return Array.from({ length: input.uleb() }, () => input.hash());
}

/** How many changes a sync message carries; infinite if one of its chunks is a whole document. */
export function changeCount(bytes) {
  const input = new Input(bytes);
  const version = input.byte();
  if (version !== V1 && version !== V2) {
    throw new Error(`not a sync message: first byte ${version}`);
  }
  input.skip(HASH * input.uleb()); // heads
  input.skip(HASH * input.uleb()); // need
  for (let have = input.uleb(); have > 0; have--) {
    input.skip(HASH * input.uleb());
    input.skip(input.uleb());
  }
  let count = 0;
  for (let elements = input.uleb(); elements > 0; elements--) {
    // Version 2 puts several chunks into one element.
    for (const end = input.uleb() + input.position; input.position < end; ) {
      input.skip(MAGIC + CHECKSUM);
      count += input.byte() === DOCUMENT ? Infinity : 1;
      input.skip(input.uleb());
    }
  }
  return count;
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

  skip(length) {
    this.position += length;
    if (this.position > this.bytes.length) {
      throw new Error(`${length} bytes claimed, of which ${this.position - this.bytes.length} are missing`);
    }
  }

  byte() {
    this.skip(1);
    return this.bytes[this.position - 1];
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
    this.skip(HASH);
    return this.bytes.toString("hex", this.position - HASH, this.position);
  }
}
