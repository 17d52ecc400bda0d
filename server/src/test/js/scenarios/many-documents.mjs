import assert from "node:assert/strict";
import { connect, find, isSynced, read } from "../client.mjs";
import { eventually, scenario } from "../lib/check.mjs";
import { server } from "../lib/server.mjs";

const DOCUMENTS = 200;

scenario(async () => {
  const anna = await connect(server.url);
  const hers = Array.from({ length: DOCUMENTS }, (_, number) => anna.repo.create({ number, seen: [] }));
  await eventually("the server has all", () => hers.every((handle) => isSynced(anna, handle)));

  const ben = await connect(server.url);
  const his = await Promise.all(hers.map(({ url }) => find(ben, url)));
  his.forEach((handle, number) => assert.deepEqual(read(handle), { number, seen: [] }));

  his.forEach((handle) => handle.change((draft) => draft.seen.push("ben")));
  hers.forEach((handle) => handle.change((draft) => draft.seen.push("anna")));
  await eventually("every edit is everywhere", () =>
    [...hers, ...his].every((handle) => read(handle).seen.length === 2),
  );
  hers.forEach((handle, index) => assert.deepEqual(read(handle), read(his[index])));
});
