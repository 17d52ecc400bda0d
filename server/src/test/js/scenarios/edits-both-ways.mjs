import assert from "node:assert/strict";
import { connect, find, isSynced, read } from "../client.mjs";
import { eventually, scenario } from "../lib/check.mjs";
import { server } from "../lib/server.mjs";

scenario(async () => {
  const anna = await connect(server.url);
  const ben = await connect(server.url);

  const hers = anna.repo.create({ title: "plan", items: ["paper"] });
  await eventually("the server has the new document", () => isSynced(anna, hers));
  const his = await find(ben, hers.url);
  assert.deepEqual(read(his), { title: "plan", items: ["paper"] });

  his.change((draft) => draft.items.push("pens"));
  await eventually("his edit reaches her", () => read(hers).items.length === 2);
  hers.change((draft) => (draft.title = "our plan"));
  await eventually("her edit reaches him", () => read(his).title === "our plan");

  // At the same time, so that both sides have to merge.
  hers.change((draft) => draft.items.push("ink"));
  his.change((draft) => draft.items.push("glue"));
  await eventually("both have both", () =>
    [hers, his].every((handle) => read(handle).items.length === 4),
  );
  assert.deepEqual(read(hers), read(his));
  await eventually("nothing is left to send", () => isSynced(anna, hers) && isSynced(ben, his));
});
