import { CURRENT, NO_FILTER, encodeSync, headsOf } from "./sync.mjs";

/** Sends a linear history edit by edit, each as the client does that made it, and notes what the server says it has. */
export class Writer {
  #waiting = [];
  #frames = [];
  #sent = 0;

  /**
   * @param {Peer} peer
   * @param {string} documentId
   * @param {{change: Uint8Array, hash: string}[]} history each change builds on the one before it
   * @param {(index: number, at: number) => void} onAcknowledged called when the server has edit {@code index}
   */
  constructor(peer, documentId, history, onAcknowledged = () => {}) {
    this.peer = peer;
    this.documentId = documentId;
    this.edits = history;
    this.onAcknowledged = onAcknowledged;
    this.positions = new Map(history.map(({ hash }, index) => [hash, index]));
    /** Index of the newest edit among the server's heads; -1 before the first. */
    this.acknowledged = -1;
    peer.listen(documentId, (message) => this.#receive(message));
  }

  /** Encodes edits before they are sent, so that sending them costs next to nothing. */
  prepare(from = 0, to = this.edits.length) {
    for (let index = from; index < to; index++) {
      this.#frames[index] ??= this.#frame(index);
    }
    return this;
  }

  /** Skips edits that the server already has. */
  startAt(index) {
    this.#sent = index;
  }

  /** Sends the next edit and returns its index. */
  edit() {
    const index = this.#sent++;
    this.peer.send(this.#frames[index] ?? this.#frame(index));
    return index;
  }

  get sent() {
    return this.#sent;
  }

  /** Sends the next {@code count} edits in one message, as a client that was offline does. */
  upload(count = this.edits.length - this.#sent) {
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

  #frame(index) {
    const { change, hash } = this.edits[index];
    const previous = this.edits[index - 1];
    const data = encodeSync({
      heads: [hash],
      have: [{ lastSync: previous ? [previous.hash] : [], bloom: NO_FILTER }],
      changes: [change],
      capabilities: previous ? undefined : CURRENT,
    });
    return this.peer.frameOf({ type: "sync", documentId: this.documentId, data });
  }

  #receive(message) {
    if (message.type !== "sync" && message.type !== "request") {
      return;
    }
    const at = performance.now();
    for (const head of headsOf(message.data)) {
      const index = this.positions.get(head) ?? -1;
      if (index > this.acknowledged) {
        this.acknowledged = index;
        this.onAcknowledged(index, at);
      }
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
