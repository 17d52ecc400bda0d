/** A client that stores its documents, and what it last agreed on with this server, which meanwhile lost or forgot it. */
import assert from "node:assert/strict";
import { mkdtemp } from "node:fs/promises";
import { connect, find, isSynced, leave, read } from "../client.mjs";
import { eventually, scenario } from "../lib/check.mjs";
import { server } from "../lib/server.mjs";

const directory = await mkdtemp("client-");

async function edit(url, note) {
  const anna = await connect(server.url, { directory });
  const handle = url ? await find(anna, url) : anna.repo.create({ notes: [] });
  handle.change((draft) => draft.notes.push(note));
  await eventually(`the server has "${note}"`, () => isSynced(anna, handle));
  await leave(anna);
  return handle.url;
}

async function notesForSomeoneElse(url) {
  return [...read(await find(await connect(server.url), url)).notes];
}

scenario(async () => {
  const url = await edit(undefined, "first");
  await edit(url, "second, after an ordinary reconnect");
  assert.equal((await notesForSomeoneElse(url)).length, 2);

  await server.stop();
  await server.save();
  await server.start();
  await edit(url, "third, which the saved copy lacks");
  await server.stop();
  await server.restore();
  await server.start();
  await edit(url, "fourth, after the server was put back");
  assert.equal((await notesForSomeoneElse(url)).length, 4, "the client brings back what the server forgot");

  await server.stop();
  await server.empty();
  await server.start();
  await edit(url, "fifth, after the server lost everything");
  assert.equal((await notesForSomeoneElse(url)).length, 5);
});
