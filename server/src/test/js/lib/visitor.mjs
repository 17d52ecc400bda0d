/**
 * One visit of a client that keeps its documents in the work folder: adds a note and goes when the server has it. A
 * program of its own, because a client that leaves within a process comes back by itself and writes to the same storage.
 * Arguments: server, note, the document's address or nothing for a new document; prints the address.
 */
import { connect, find, isSynced, leave } from "../client.mjs";
import { eventually, scenario } from "./check.mjs";

const [server, note, url] = process.argv.slice(2);

scenario(async () => {
  const visitor = await connect(server, { directory: "." });
  const handle = url ? await find(visitor, url) : visitor.repo.create({ notes: [] });
  handle.change((draft) => draft.notes.push(note));
  await eventually(`the server has "${note}"`, () => isSynced(visitor, handle));
  await leave(visitor);
  console.log(handle.url);
});
