import { CURRENT, NO_FILTER, encodeSync, headsOf } from "./clients.mjs";

const PLACE = Buffer.alloc(32, 0xa5);

/** The frame that says "I have this head", with a place for the head: answering has to cost next to nothing. */
class Answer {
  constructor(peer, documentId) {
    const hash = PLACE.toString("hex");
    const data = encodeSync({ heads: [hash], have: [{ lastSync: [hash], bloom: NO_FILTER }] });
    this.frame = Buffer.from(peer.frameOf({ type: "sync", documentId, data }));
    const first = this.frame.indexOf(PLACE);
    this.places = [first, this.frame.indexOf(PLACE, first + PLACE.length)];
  }

  for(head) {
    const frame = Buffer.from(this.frame);
    this.places.forEach((place) => frame.write(head, place, "hex"));
    return frame;
  }
}

/** Follows a document of linear history: answers as a client does and keeps the newest head only. */
export class Follower {
  #answer;
  #waiting = [];

  /**
   * @param {Peer} peer
   * @param {string} documentId
   * @param {(head: string, at: number) => void} onHead called for every message with a head
   */
  constructor(peer, documentId, onHead = () => {}) {
    this.peer = peer;
    this.documentId = documentId;
    this.onHead = onHead;
    this.head = undefined;
    this.#answer = new Answer(peer, documentId);
    peer.listen(documentId, (message) => this.#receive(message));
  }

  /** Asks for the document, having nothing of it. */
  open() {
    this.peer.request(this.documentId, encodeSync({ capabilities: CURRENT }));
    return this;
  }

  /** Opens the document having it up to {@code head}, as a client does that comes back. */
  resume(head) {
    const have = [{ lastSync: [head], bloom: NO_FILTER }];
    this.peer.sync(this.documentId, encodeSync({ heads: [head], have, capabilities: CURRENT }));
    return this;
  }

  /** Resolves to the time at which the server announced {@code head}. */
  until(head) {
    if (this.head === head) {
      return Promise.resolve(performance.now());
    }
    return new Promise((resolve) => this.#waiting.push({ head, resolve }));
  }

  #receive({ type, data }) {
    if (type !== "sync") {
      return;
    }
    const at = performance.now();
    const [head] = headsOf(data);
    if (head === undefined) {
      return;
    }
    this.head = head;
    this.onHead(head, at);
    // Not before everything that has arrived is noted: a real subscriber answers from its own machine.
    setImmediate(() => this.peer.send(this.#answer.for(head)));
    this.#waiting = this.#waiting.filter(({ head: wanted, resolve }) => {
      if (wanted === head) {
        resolve(at);
      }
      return wanted !== head;
    });
  }
}
