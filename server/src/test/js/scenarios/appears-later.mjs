import assert from "node:assert/strict";
import { Automerge, connect, findAbsent, read } from "../client.mjs";
import { eventually, scenario, soon } from "../lib/check.mjs";
import { history } from "../lib/history.mjs";
import { Peer, newDocumentId } from "../lib/peer.mjs";
import { server } from "../lib/server.mjs";
import { Writer } from "../lib/writer.mjs";

scenario(async () => {
  const ben = await connect(server.url);
  const documentId = newDocumentId();
  const asked = await soon("told that it does not exist", findAbsent(ben, `automerge:${documentId}`));
  assert.equal(asked.absent, true);

  // A real client makes up its document ids, so a light peer brings this one.
  const writer = new Writer(await Peer.join(server.url), documentId, history(Automerge, 3));
  writer.edit();
  await soon("the server has it", writer.until(0));
  const handle = await soon("it appears without being asked for again", asked.appears);
  assert.equal(read(handle).text.toString(), "");

  writer.edit();
  await eventually("later edits follow", () => read(handle).text.length === 1);
});
