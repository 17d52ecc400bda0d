import { CURRENT, NO_FILTER, encodeSync, headsOf } from "./sync.mjs";

/** One prepared edit: its change, its hash, and the sync message that carries it. */
function prepared({ change, hash }, previous) {
  const lastSync = previous ? [previous.hash] : [];
  return {
    hash,
    change,
    message: encodeSync({
      heads: [hash],
      have: [{ lastSync, bloom: NO_FILTER }],
      changes: [change],
      capabilities: previous ? undefined : CURRENT,
    }),
  };
}

/** Sends a linear history edit by edit, every message prepared in advance, and notes what the server says it has. */
export class Writer {
  #waiting = [];
  #sent = 0;

  /**
   * @param {Peer} peer
   * @param {string} documentId
   * @param {{change: Uint8Array, hash: string}[]} history each change builds on the one before it
   */
  constructor(peer, documentId, history) {
    this.peer = peer;
    this.documentId = documentId;
    this.edits = history.map((edit, index) => prepared(edit, history[index - 1]));
    this.positions = new Map(history.map(({ hash }, index) => [hash, index]));
    /** Index of the newest edit among the server's heads; -1 before the first. */
    this.acknowledged = -1;
    peer.listen(documentId, (message) => this.#receive(message));
  }

  /** Skips edits that the server already has. */
  startAt(index) {
    this.#sent = index;
  }

  /** Sends the next edit and returns its index. */
  edit() {
    this.peer.sync(this.documentId, this.edits[this.#sent].message);
    return this.#sent++;
  }

  get sent() {
    return this.#sent;
  }

  /** Sends the first {@code count} edits in one message, as a client that was offline does. */
  upload(count = this.edits.length) {
    const part = this.edits.slice(this.#sent, this.#sent + count);
    const message = encodeSync({
      heads: [part.at(-1).hash],
      changes: part.map(({ change }) => change),
      capabilities: CURRENT,
    });
    this.peer.sync(this.documentId, message);
    this.#sent += part.length;
    return this.#sent - 1;
  }

  /** Resolves to the time at which the server's heads contained edit {@code index} or a later one. */
  until(index) {
    if (this.acknowledged >= index) {
      return Promise.resolve(performance.now());
    }
    return new Promise((resolve) => this.#waiting.push({ index, resolve }));
  }

  #receive(message) {
    if (message.type !== "sync" && message.type !== "request") {
      return;
    }
    const at = performance.now();
    for (const head of headsOf(message.data)) {
      this.acknowledged = Math.max(this.acknowledged, this.positions.get(head) ?? -1);
    }
    this.#waiting = this.#waiting.filter(({ index, resolve }) => {
      const done = this.acknowledged >= index;
      if (done) {
        resolve(at);
      }
      return !done;
    });
  }
}
