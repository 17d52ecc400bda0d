/** A client that has everything already, and no memory of this server, is told so: that is how it knows that it is synced. */
import assert from "node:assert/strict";
import { Automerge } from "../client.mjs";
import { scenario, soon } from "../lib/check.mjs";
import { history } from "../lib/history.mjs";
import { Peer, newDocumentId } from "../lib/peer.mjs";
import { server } from "../lib/server.mjs";
import { CURRENT, encodeSync, headsOf } from "../lib/sync.mjs";
import { Writer } from "../lib/writer.mjs";

scenario(async () => {
  const writer = new Writer(await Peer.join(server.url), newDocumentId(), history(Automerge, 10));
  await soon("uploaded", writer.until(writer.upload()));

  const heads = [writer.edits.at(-1).hash];
  const other = await Peer.join(server.url);
  const answered = new Promise((resolve) => other.listen(writer.documentId, resolve));
  other.sync(writer.documentId, encodeSync({ heads, capabilities: CURRENT }));
  const answer = await soon("told that the server has the same", answered);
  assert.equal(answer.type, "sync");
  assert.deepEqual(headsOf(answer.data), heads);
});
