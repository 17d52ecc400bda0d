import { CURRENT, ChunkType, NO_FILTER, chunksOf, decodeSync, encodeSync } from "./sync.mjs";

/** Opens a document and follows it, keeping counts and heads only: it says that it holds what it was sent. */
export class Subscriber {
  #waiting = [];
  #held = [];

  /**
   * @param {Peer} peer
   * @param {string} documentId
   * @param {(heads: string[], at: number) => void} onHeads called for every sync message
   */
  constructor(peer, documentId, onHeads = () => {}) {
    this.peer = peer;
    this.documentId = documentId;
    this.onHeads = onHeads;
    this.heads = [];
    /** Changes received; infinite once a whole document came. */
    this.changes = 0;
    this.bytes = 0;
    this.unavailable = false;
    peer.listen(documentId, (message) => this.#receive(message));
  }

  open() {
    this.peer.request(this.documentId, encodeSync({ capabilities: CURRENT }));
    return this;
  }

  /** Resolves to the time at which {@code condition} first held after a message. */
  until(condition) {
    if (condition(this)) {
      return Promise.resolve(performance.now());
    }
    return new Promise((resolve) => this.#waiting.push({ condition, resolve }));
  }

  /** Until the server's heads contain {@code hash}. */
  untilHead(hash) {
    return this.until(() => this.heads.includes(hash));
  }

  /** Until the server has told whether it has the document. */
  untilAnswered() {
    return this.until(() => this.unavailable || this.heads.length > 0);
  }

  #receive(message) {
    const at = performance.now();
    if (message.type === "doc-unavailable") {
      this.unavailable = true;
    } else if (message.type === "sync" || message.type === "request") {
      this.#take(decodeSync(message.data), message.data.length, at);
    }
    this.#waiting = this.#waiting.filter(({ condition, resolve }) => {
      const done = condition(this);
      if (done) {
        resolve(at);
      }
      return !done;
    });
  }

  #take({ heads, changes }, bytes, at) {
    this.heads = heads;
    this.bytes += bytes;
    for (const { type } of chunksOf(changes)) {
      this.changes += type === ChunkType.DOCUMENT ? Infinity : 1;
    }
    this.onHeads(heads, at);
    // Heads without changes are only a claim: hold what came with its changes, and ask for the rest.
    if (changes.length > 0) {
      this.#held = heads;
    }
    if (heads.length > 0) {
      const have = [{ lastSync: this.#held, bloom: NO_FILTER }];
      this.peer.sync(this.documentId, encodeSync({ heads: this.#held, have }));
    }
  }
}
