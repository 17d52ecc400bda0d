import assert from "node:assert/strict";
import { connect, find, isSynced } from "../client.mjs";
import { eventually, scenario } from "../lib/check.mjs";
import { server } from "../lib/server.mjs";

function heardBy(handle) {
  const heard = [];
  handle.on("ephemeral-message", ({ message, senderId }) => heard.push({ message, senderId }));
  return heard;
}

scenario(async () => {
  const clients = await Promise.all([1, 2, 3].map(() => connect(server.url)));
  const [anna, ben, carol] = clients;
  const hers = anna.repo.create({});
  await eventually("the server has it", () => isSynced(anna, hers));
  const his = await find(ben, hers.url);
  const carols = await find(carol, hers.url);
  const other = anna.repo.create({});
  await eventually("the server has the other", () => isSynced(anna, other));
  const otherHeard = heardBy(await find(ben, other.url));
  const heard = [hers, his, carols].map(heardBy);

  const cursors = Array.from({ length: 20 }, (_, position) => ({ cursor: position, name: "Anna" }));
  cursors.forEach((cursor) => hers.broadcast(cursor));
  his.broadcast("here");
  await eventually("carol hears both", () => heard[2].length === 21);
  await eventually("ben hears anna, anna hears ben", () => heard[0].length + heard[1].length === 21);

  const annas = (list) => list.filter(({ senderId }) => senderId === anna.repo.networkSubsystem.peerId);
  assert.deepEqual(annas(heard[1]).map(({ message }) => message), cursors, "in order, once, as sent");
  assert.deepEqual(annas(heard[2]).map(({ message }) => message), cursors);
  assert.deepEqual(heard[0].map(({ message }) => message), ["here"], "not one's own");
  assert.deepEqual(otherHeard, [], "only who has the document open");
});
