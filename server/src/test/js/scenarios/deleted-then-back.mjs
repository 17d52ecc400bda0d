import assert from "node:assert/strict";
import { connect, find, findAbsent, isSynced, leave, read } from "../client.mjs";
import { eventually, scenario } from "../lib/check.mjs";
import { mkdtemp } from "node:fs/promises";
import { server } from "../lib/server.mjs";

scenario(async () => {
  const directory = await mkdtemp("client-");
  const anna = await connect(server.url, { directory });
  const hers = anna.repo.create({ kept: "by its author" });
  await eventually("the server has it", () => isSynced(anna, hers));
  await leave(anna);

  await server.stop();
  await server.command("documents", "delete", "--yes", hers.url.replace("automerge:", ""));
  await server.start();
  const ben = await connect(server.url);
  const asked = await findAbsent(ben, hers.url);
  assert.equal(asked.absent, true, "deleted means gone");

  const again = await connect(server.url, { directory });
  const back = await find(again, hers.url);
  await eventually("whoever still has it brings it back", () => isSynced(again, back));
  const carol = await connect(server.url);
  assert.deepEqual(read(await find(carol, hers.url)), { kept: "by its author" });
});
