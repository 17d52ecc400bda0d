import { pause } from "./clients.mjs";

/** Measures how long edits of one author take to reach one reader: both ends are in this process, so there is one clock. */
export class Delivery {
  #sent = [];
  #heard = [];

  constructor(edits) {
    this.positions = new Map(edits.map(({ hash }, index) => [hash, index]));
  }

  /** To be told what the reader hears. */
  heard = (head, at) => {
    this.#heard[this.positions.get(head)] ??= at;
  };

  /** Sends {@code count} edits, one every {@code gap} milliseconds by the clock, whatever sending takes. */
  async send(writer, count, gap) {
    const start = performance.now();
    for (let number = 0; number < count; number++) {
      const wait = start + number * gap - performance.now();
      if (wait > 0) {
        await pause(wait);
      }
      const at = performance.now();
      this.#sent[writer.edit()] = at;
    }
  }

  /** One time for each edit sent. An edit has arrived when it, or one that builds on it, was announced. */
  times() {
    const times = [];
    let arrived = Infinity;
    for (let index = this.#sent.length - 1; index >= 0; index--) {
      arrived = Math.min(arrived, this.#heard[index] ?? Infinity);
      if (this.#sent[index] !== undefined) {
        times.push(arrived - this.#sent[index]);
      }
    }
    return times;
  }
}
