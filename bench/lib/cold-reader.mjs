import { CURRENT, changeCount, encodeSync, headsOf } from "./clients.mjs";

/** Asks for a whole document, and knows when all of it has arrived, in however many messages. */
export class ColdReader {
  #parts = [];
  #onPart;

  constructor(peer, documentId) {
    this.peer = peer;
    this.documentId = documentId;
    peer.listen(documentId, ({ type, data }) => {
      this.#parts.push({ type, data, at: performance.now() });
      this.#onPart?.();
    });
  }

  /**
   * Resolves to the milliseconds from the request until the last byte of the document was here.
   *
   * @param {string} head the document's newest change
   * @param {number} size how many changes it has
   */
  async read(head, size) {
    const start = performance.now();
    this.peer.request(this.documentId, encodeSync({ capabilities: CURRENT }));
    for (let changes = 0, seen = 0; ; ) {
      while (this.#parts.length === seen) {
        await new Promise((resolve) => (this.#onPart = resolve));
      }
      const { type, data, at } = this.#parts[seen++];
      if (type !== "sync") {
        throw new Error(`the server lacks ${this.documentId}: ${type}`);
      }
      changes += changeCount(data);
      if (changes >= size && headsOf(data).includes(head)) {
        return at - start;
      }
    }
  }
}
