import assert from "node:assert/strict";
import { mkdtemp } from "node:fs/promises";
import { connect, find, findAbsent, read } from "../client.mjs";
import { scenario } from "../lib/check.mjs";
import { server } from "../lib/server.mjs";
import { visit } from "../lib/visit.mjs";

scenario(async () => {
  const directory = await mkdtemp("client-");
  const url = await visit(directory, "kept by its author");

  await server.stop();
  await server.command("documents", "delete", "--yes", url.replace("automerge:", ""));
  await server.start();
  const asked = await findAbsent(await connect(server.url), url);
  assert.equal(asked.absent, true, "deleted means gone");

  await visit(directory, "and brought back", url);
  const back = read(await find(await connect(server.url), url));
  assert.deepEqual([...back.notes], ["kept by its author", "and brought back"]);
});
