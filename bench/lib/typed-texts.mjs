/** Yjs documents to measure with: texts that a few people edited at once, made by yjs; the same on every machine. */
import { Doc, applyUpdate, encodeStateAsUpdate, encodeStateVector } from "yjs";
import { generator } from "./random.mjs";

const PEOPLE = 4;
/** So many edits at most does somebody make before hearing of the others'. */
const AT_A_TIME = 1_000;
const LETTERS = "etaoinshrdlucmfwypvbgkjqxz      .,é語";

/**
 * @param edits how many; a fifth deletes a letter, the others type one
 * @param together how many are beside one another, on average, before somebody goes elsewhere in the text
 * @returns {{update: Uint8Array, text: string}} all of it in version 1 of the format, and what it reads as
 */
export function typedText(edits, together) {
  const random = generator(4);
  const people = Array.from({ length: PEOPLE }, (_, index) => new Person(index + 1, together, random));
  for (let done = 0; done < edits; ) {
    for (const person of people) {
      const some = Math.min(1 + (random() % AT_A_TIME), edits - done);
      person.edit(some);
      done += some;
    }
    people.forEach((person) => person.hear(people));
  }
  const [{ doc, text }] = people;
  return { update: encodeStateAsUpdate(doc), text: text.toString() };
}

class Person {
  #together;
  #random;
  #cursor = 0;

  constructor(client, together, random) {
    this.doc = new Doc();
    this.doc.clientID = client;
    this.text = this.doc.getText("contents");
    this.#together = together;
    this.#random = random;
  }

  edit(times) {
    for (let left = times; left > 0; left--) {
      this.#move();
      if (this.#cursor > 0 && this.#random() % 5 === 0) {
        this.text.delete(--this.#cursor, 1);
      } else {
        this.text.insert(this.#cursor++, LETTERS[this.#random() % LETTERS.length]);
      }
    }
  }

  /** Mostly to a place near by. */
  #move() {
    if (this.#random() % this.#together === 0) {
      const { length } = this.text;
      const far = this.#random() % 4 === 0;
      const to = far ? this.#random() % (length + 1) : this.#cursor + (this.#random() % 81) - 40;
      this.#cursor = Math.min(Math.max(to, 0), length);
    }
  }

  hear(people) {
    people.forEach(({ doc }) => applyUpdate(this.doc, encodeStateAsUpdate(doc, encodeStateVector(this.doc))));
    this.#cursor = Math.min(this.#cursor, this.text.length);
  }
}
