import assert from "node:assert/strict";
import { Automerge, connect, find, read } from "../client.mjs";
import { eventually, scenario, soon } from "../lib/check.mjs";
import { history } from "../lib/history.mjs";
import { Peer, newDocumentId } from "../lib/peer.mjs";
import { server } from "../lib/server.mjs";
import { Writer } from "../lib/writer.mjs";

scenario(async () => {
  const documentId = newDocumentId();
  const edits = history(Automerge, 20);
  const first = new Writer(await Peer.join(server.url, { peerId: "same" }), documentId, edits);
  first.edit();
  await soon("acknowledged", first.until(0));
  const ben = await connect(server.url);
  const his = await find(ben, `automerge:${documentId}`);

  // As after a network change: the old socket is not closed yet when the new one joins.
  const second = new Writer(await Peer.join(server.url, { peerId: "same" }), documentId, edits);
  await soon("the old connection is ended", first.peer.closed);
  second.startAt(1);
  for (let index = 1; index < edits.length; index++) {
    second.edit();
  }
  await soon("the new connection is served", second.until(edits.length - 1));
  await eventually("everything arrives", () => Automerge.getHeads(read(his))[0] === edits.at(-1).hash);
  assert.equal(Automerge.getAllChanges(read(his)).length, edits.length);
});
