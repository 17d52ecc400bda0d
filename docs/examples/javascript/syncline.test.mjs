// Run by ExamplesTest against a server: SYNCLINE_URL, SYNCLINE_TOKEN, workspace `notes`.

import assert from "node:assert/strict";
import { test } from "node:test";
import { GET, PUT } from "./next-route.mjs";
import { Syncline, SynclineError } from "./syncline.mjs";

const { SYNCLINE_URL, SYNCLINE_TOKEN } = process.env;
const server = new Syncline(SYNCLINE_URL, SYNCLINE_TOKEN);
const notes = server.workspace("notes");

test("files are written, read, listed and deleted", async () => {
  assert.deepEqual(await server.names(), ["notes"]);
  const path = "ordner/ü & 100 %.md";
  const first = await notes.change(
    [{ path, text: "für alle" }, { path: "ordner/clock.bin", bytes: new Uint8Array([0, 255, 128]) }],
    { description: "Two files", author: { name: "Ada" } },
  );
  assert.equal((await notes.status()).version, first);
  const file = await notes.read(path);
  assert.equal(file.text(), "für alle");
  assert.equal(await notes.read(path, { unless: file.tag }), undefined);
  assert.deepEqual([...(await notes.read("ordner/clock.bin")).bytes], [0, 255, 128]);
  const listed = [];
  for await (const { path } of notes.files({ prefix: "ordner" })) {
    listed.push(path);
  }
  assert.deepEqual(listed, ["ordner/clock.bin", path]);
  await notes.change([{ path, delete: true }]);
  assert.equal(await notes.read(path), undefined);
});

test("only the difference of a large file travels, where the runtime can", async () => {
  const bytes = crypto.getRandomValues(new Uint8Array(60_000));
  const large = new Uint8Array([...bytes, ...bytes.toReversed()]);
  await notes.change([{ path: "large.bin", bytes: large }]);
  const first = await notes.read("large.bin");
  assert.deepEqual(first.bytes, large);
  const next = large.slice();
  next[77]++;
  await notes.change([{ path: "large.bin", bytes: next, having: first }]);
  const second = await notes.read("large.bin", { having: first });
  assert.deepEqual(second.bytes, next);
  assert.equal(await notes.read("large.bin", { having: second }), undefined);
  await notes.change([{ path: "large.bin", bytes: large, having: { bytes: next, tag: '"none"' } }]);
  assert.deepEqual((await notes.read("large.bin")).bytes, large);
});

test("a change on an old base is refused with all versions", async () => {
  const base = await notes.change([{ path: "a.txt", text: "base" }]);
  const newest = await notes.change([{ path: "a.txt", text: "ours" }], { base });
  const failure = await notes.change([{ path: "a.txt", text: "theirs" }], { base }).catch((e) => e);
  assert.ok(failure instanceof SynclineError);
  assert.equal(failure.kind, "moved");
  assert.equal(failure.version, newest);
  const [{ path, ours }] = failure.conflicts;
  assert.equal(path, "a.txt");
  assert.equal(new TextDecoder().decode(await notes.contents(ours.content)), "ours");
});

test("events tell what changed, and what was missed", async () => {
  const base = await notes.change([{ path: "b.txt", text: "1" }]);
  const missed = await notes.change([{ path: "c.txt", text: "1" }]);
  const ending = new AbortController();
  const heard = [];
  for await (const event of notes.events({ since: base, signal: ending.signal })) {
    heard.push(event);
    if (heard.length === 1) {
      await notes.change([{ path: "d.txt", text: "1" }]);
    } else {
      ending.abort();
    }
  }
  assert.equal(heard[0].id, missed);
  assert.deepEqual(heard.map(({ data }) => data.paths), [["c.txt"], ["d.txt"]]);
});

test("a stranger is told so", async () => {
  const stranger = new Syncline(SYNCLINE_URL, "wrong").workspace("notes");
  await assert.rejects(stranger.status(), { status: 401, kind: "denied" });
  await assert.rejects(stranger.read("a.txt"), { kind: "denied" });
  await assert.rejects(stranger.events().next(), { kind: "denied" });
});

test("the route lets nobody in before the app says whom", async () => {
  const params = Promise.resolve({ path: ["a.txt"] });
  const request = new Request("http://app/files/a.txt");
  assert.equal((await GET(request, { params })).status, 401);
  assert.equal((await PUT(request, { params })).status, 401);
});
