/** Runs one row of the table: every round measures Syncline and its peer, and each goes first in turn. */
import { SYNCLINE, withServer } from "./servers.mjs";

const ROUND_TIMEOUT = 10 * 60_000;

/**
 * @param row what to measure; {@code peer} is what it is measured beside, if anything; {@code process} is "kept" if both servers run through all rounds, with one round before
 *   that counts nothing, so that neither is measured cold; "own" if the row starts processes itself
 * @returns {Promise<{[subject: string]: {[measure: string]: number}[]}>} what each round measured
 */
export async function measureRow(row, { rounds, smoke }, tell) {
  const subjects = row.peer ? [SYNCLINE, row.peer] : [SYNCLINE];
  const results = Object.fromEntries(subjects.map(({ key }) => [key, []]));
  const inTurn = (number) => (number % 2 === 0 ? subjects : subjects.toReversed());
  const round = async (kind, server, number) => {
    tell(`${row.name}: ${number === 0 ? "warm-up" : `round ${number} of ${rounds}`}, ${kind.name}`);
    const values = await inTime(row.measure({ kind, server, smoke }), `${row.name} with ${kind.name}`);
    if (number > 0) {
      results[kind.key].push(values);
    }
  };
  if (row.process === "kept") {
    await withAll(subjects, async (servers) => {
      for (let number = 0; number <= rounds; number++) {
        for (const kind of inTurn(number)) {
          await round(kind, servers.get(kind), number);
        }
      }
    });
  } else {
    for (let number = 1; number <= rounds; number++) {
      if (row.together) {
        await Promise.all(subjects.map((kind) => round(kind, undefined, number)));
      } else {
        for (const kind of inTurn(number)) {
          await round(kind, undefined, number);
        }
      }
    }
  }
  return results;
}

/** A server that never answers ends the run, and not its reader's patience. */
async function inTime(measured, what) {
  let timer;
  const late = new Promise((_, failed) => {
    const failure = new Error(`no end of ${what} after ${ROUND_TIMEOUT / 60_000} minutes`);
    timer = setTimeout(failed, ROUND_TIMEOUT, failure);
  });
  return await Promise.race([measured, late]).finally(() => clearTimeout(timer));
}

async function withAll(kinds, use, running = new Map()) {
  const [kind, ...others] = kinds;
  if (kind === undefined) {
    return await use(running);
  }
  return await withServer(kind, (server) => withAll(others, use, new Map([...running, [kind, server]])));
}
