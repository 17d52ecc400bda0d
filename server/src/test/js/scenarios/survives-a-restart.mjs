import assert from "node:assert/strict";
import { connect, find, isSynced, read } from "../client.mjs";
import { eventually, scenario } from "../lib/check.mjs";
import { server } from "../lib/server.mjs";

scenario(async () => {
  const anna = await connect(server.url);
  const ben = await connect(server.url);
  const hers = anna.repo.create({ notes: [] });
  await eventually("the server has it", () => isSynced(anna, hers));
  const his = await find(ben, hers.url);

  for (let round = 1; round <= 3; round++) {
    await server.stop();
    hers.change((draft) => draft.notes.push(`hers ${round}`));
    his.change((draft) => draft.notes.push(`his ${round}`));
    await server.start();
    await eventually("both reconnect and have both edits", () =>
      [hers, his].every((handle) => read(handle).notes.length === 2 * round),
    );
  }
  assert.deepEqual(read(hers), read(his));

  const carol = await connect(server.url);
  assert.deepEqual(read(await find(carol, hers.url)), read(hers));
});
