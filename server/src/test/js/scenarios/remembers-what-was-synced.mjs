/** A client that stores its documents, and what it last agreed on with this server, which meanwhile lost or forgot it. */
import assert from "node:assert/strict";
import { mkdtemp } from "node:fs/promises";
import { connect, find, read } from "../client.mjs";
import { scenario } from "../lib/check.mjs";
import { server } from "../lib/server.mjs";
import { visit } from "../lib/visit.mjs";

const directory = await mkdtemp("client-");
const edit = (note, ...url) => visit(directory, note, ...url);

async function notesForSomeoneElse(url) {
  return [...read(await find(await connect(server.url), url)).notes];
}

scenario(async () => {
  const url = await edit("first");
  await edit("second, after an ordinary reconnect", url);
  assert.equal((await notesForSomeoneElse(url)).length, 2);

  await server.stop();
  await server.save();
  await server.start();
  await edit("third, which the saved copy lacks", url);
  await server.stop();
  await server.restore();
  await server.start();
  await edit("fourth, after the server was put back", url);
  assert.equal((await notesForSomeoneElse(url)).length, 4, "the client brings back what the server forgot");

  await server.stop();
  await server.empty();
  await server.start();
  await edit("fifth, after the server lost everything", url);
  assert.equal((await notesForSomeoneElse(url)).length, 5);
});
