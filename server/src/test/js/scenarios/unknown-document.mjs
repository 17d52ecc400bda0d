/** A document that nobody has: one answer, doc-unavailable. The sync message beside it confuses peers (automerge-repo#343). */
import assert from "node:assert/strict";
import { connect, findAbsent } from "../client.mjs";
import { scenario, soon } from "../lib/check.mjs";
import { Peer, newDocumentId } from "../lib/peer.mjs";
import { server } from "../lib/server.mjs";
import { CURRENT, encodeSync } from "../lib/sync.mjs";

async function answersTo(peer, documentId) {
  const answers = [];
  const request = encodeSync({ capabilities: CURRENT });
  const asked = new Promise((resolve) => {
    peer.listen(documentId, ({ type }) => {
      answers.push(type);
      if (type === "doc-unavailable") {
        resolve();
      }
    });
  });
  peer.request(documentId, request);
  await soon("told that it does not exist", asked);
  // Answers keep their order: whatever else belongs to the first question is here before this one's.
  const next = newDocumentId();
  const askedNext = new Promise((resolve) => peer.listen(next, resolve));
  peer.request(next, request);
  await soon("told about the next one", askedNext);
  return answers;
}

scenario(async () => {
  const documentId = newDocumentId();
  const peer = await Peer.join(server.url);
  assert.deepEqual(await answersTo(peer, documentId), ["doc-unavailable"]);
  assert.deepEqual(await answersTo(peer, documentId), ["doc-unavailable"], "as often as it is asked");

  const client = await connect(server.url);
  const asked = await soon("the client knows", findAbsent(client, `automerge:${documentId}`));
  assert.equal(asked.absent, true);

  // As someone who follows many links that lead nowhere.
  const ids = Array.from({ length: 500 }, newDocumentId);
  const answered = ids.map((id) => new Promise((resolve) => peer.listen(id, resolve)));
  ids.forEach((id) => peer.request(id, encodeSync({ capabilities: CURRENT })));
  const types = (await soon("all are answered", Promise.all(answered))).map(({ type }) => type);
  assert.deepEqual(new Set(types), new Set(["doc-unavailable"]));
});
