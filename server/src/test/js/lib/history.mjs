/** Numbers from 0 to 1 that are the same for the same seed (mulberry32). */
export function random(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/**
 * A text as someone types it: mostly the next letter, sometimes a letter taken back, sometimes elsewhere.
 *
 * @param Automerge the library, from the program that runs
 * @param {number} length how many changes, the one that makes the empty text included
 * @returns {{change: Uint8Array, hash: string}[]} each change builds on the one before it
 */
export function history(Automerge, length, seed = 1) {
  const next = random(seed);
  const actor = seed.toString(16).padStart(32, "0");
  const edits = [];
  let document = Automerge.init({ actor });
  let cursor = 0;
  let size = 0;
  for (let index = 0; index < length; index++) {
    document = Automerge.change(document, { time: 0 }, (draft) => {
      if (index === 0) {
        draft.text = "";
        return;
      }
      if (next() < 0.05) {
        cursor = Math.floor(next() * (size + 1));
      }
      if (next() < 0.1 && cursor > 0) {
        cursor--;
        size--;
        Automerge.splice(draft, ["text"], cursor, 1);
      } else {
        const letter = String.fromCharCode(97 + Math.floor(next() * 26));
        Automerge.splice(draft, ["text"], cursor, 0, letter);
        cursor++;
        size++;
      }
    });
    edits.push({
      change: Automerge.getLastLocalChange(document),
      hash: Automerge.getHeads(document)[0],
    });
  }
  Automerge.free(document);
  return edits;
}
