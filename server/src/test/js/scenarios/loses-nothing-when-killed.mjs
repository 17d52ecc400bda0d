/**
 * Ends the server the moment it acknowledged an edit, again and again. A fresh client must then find that edit.
 * Arguments: signal, rounds.
 */
import assert from "node:assert/strict";
import { Automerge, connect, find, read } from "../client.mjs";
import { pause, scenario, soon } from "../lib/check.mjs";
import { history } from "../lib/history.mjs";
import { Peer, newDocumentId } from "../lib/peer.mjs";
import { server } from "../lib/server.mjs";
import { Writer } from "../lib/writer.mjs";

const [signal, rounds] = [process.argv[2], Number(process.argv[3])];
const STREAM_GAP = 5;

async function writer(documentId, edits, acknowledged) {
  const result = new Writer(await Peer.join(server.url), documentId, edits);
  result.startAt(acknowledged + 1);
  result.acknowledged = acknowledged;
  return result;
}

async function endAndCheck({ peer, documentId, edits, acknowledged }) {
  server.signal(signal);
  peer.terminate();
  await server.start();
  const client = await connect(server.url);
  const handle = await soon("found", find(client, `automerge:${documentId}`));
  const [head, ...others] = Automerge.getHeads(read(handle));
  assert.deepEqual(others, []);
  const found = edits.findIndex(({ hash }) => hash === head);
  assert.ok(found >= acknowledged, `edit ${acknowledged} was acknowledged, ${found} is the last one found`);
  client.adapter.disconnect();
  return found;
}

/** One edit at a time on a document that is otherwise at rest. */
async function idle() {
  const documentId = newDocumentId();
  const edits = history(Automerge, rounds + 1, 1);
  let last = -1;
  for (let round = 0; round <= rounds; round++) {
    const author = await writer(documentId, edits, last);
    await soon("acknowledged", author.until(author.edit()));
    last = await endAndCheck(author);
  }
}

/** The first edit of a document that did not exist. */
async function fresh() {
  for (let round = 0; round < rounds; round++) {
    const author = await writer(newDocumentId(), history(Automerge, 1, round), -1);
    await soon("acknowledged", author.until(author.edit()));
    await endAndCheck(author);
  }
}

/** In the middle of a stream of edits, each time a little later. */
async function stream() {
  for (let round = 0; round < rounds; round++) {
    const edits = history(Automerge, 100, round);
    const author = await writer(newDocumentId(), edits, -1);
    await soon("acknowledged", author.until(author.edit()));
    const enough = 10 + (round % 20);
    while (author.sent < edits.length && author.acknowledged < enough) {
      author.edit();
      await pause(STREAM_GAP);
    }
    await soon("some are acknowledged", author.until(enough));
    await endAndCheck(author);
  }
}

scenario(async () => {
  await idle();
  await fresh();
  await stream();
});
