import assert from "node:assert/strict";
import { Automerge, connect, find, importDocument, isSynced, read } from "../client.mjs";
import { eventually, scenario } from "../lib/check.mjs";
import { history } from "../lib/history.mjs";
import { server } from "../lib/server.mjs";

const CHANGES = 10_000;

scenario(async () => {
  const changes = history(Automerge, CHANGES).map(({ change }) => change);
  const [whole] = Automerge.applyChanges(Automerge.init(), changes);

  const anna = await connect(server.url);
  const hers = importDocument(anna, Automerge.save(whole));
  await eventually("the server has all changes", () => isSynced(anna, hers));

  const ben = await connect(server.url);
  const his = await find(ben, hers.url);
  assert.equal(Automerge.getAllChanges(read(his)).length, CHANGES);
  assert.equal(read(his).text.toString(), whole.text.toString());

  await server.restart();
  const carol = await connect(server.url);
  const carols = await find(carol, hers.url);
  assert.deepEqual(Automerge.getHeads(read(carols)), Automerge.getHeads(whole));

  carols.change((draft) => Automerge.splice(draft, ["text"], 0, 0, "!"));
  await eventually("an edit on it reaches the others", () =>
    [hers, his].every((handle) => read(handle).text.toString().startsWith("!")),
  );
});
