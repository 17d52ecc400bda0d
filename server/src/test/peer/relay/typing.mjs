// Steady typing in many notes at once.

const TICK = 10;
const LINE = 60;
const LONGEST = 10_000;

export class Typing {
  #timer;
  #typed = 0;

  constructor(folders) {
    this.folders = folders;
  }

  /**
   * Each note gets so many updates in each second, one letter each; nobody is named if there is no
   * user. Lost time is made up for.
   */
  start({ notes, rate, user }) {
    this.stop();
    this.#typed = 0;
    const start = performance.now();
    this.#timer = setInterval(() => {
      const due = ((performance.now() - start) / 1000) * rate * notes.length;
      for (; this.#typed < due; this.#typed++) {
        this.#type(notes[this.#typed % notes.length], user);
      }
    }, TICK);
  }

  /** Answers how many updates there were. */
  stop() {
    clearInterval(this.#timer);
    return { typed: this.#typed };
  }

  #type(note, user) {
    const length = this.folders.documents.load(note).doc.getText('contents').length;
    const letter = length % LINE === 0 ? '\n' : String.fromCharCode(97 + (length % 26));
    const drop = length > LONGEST ? 1 : 0;
    this.folders.edit({ note, at: length - drop, delete: drop, insert: letter, user });
  }
}
