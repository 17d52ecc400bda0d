/** What travels, over HTTP, of a file of which 1 % changed. Its peer has both files on its disk. */
import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { request } from "node:http";
import { join } from "node:path";
import { atMost, atMostOfPeer } from "../../lib/must.mjs";
import { peakMemory } from "../../lib/process.mjs";
import { generator } from "../../lib/random.mjs";
import { SYNCLINE, scratch, withServer } from "../../lib/servers.mjs";

const sizes = { json: 5_000_000, binary: 20_000_000 };
const BSDIFF = { name: "bsdiff 4.3", key: "bsdiff" };
const noMoreThanPatch = atMostOfPeer(1.2, "1.2");
const bytes = (key, title, must) => [
  { key: `${key}Bytes`, title: `${title}: bytes on the wire`, unit: "bytes", must },
  { key: `${key}Share`, title: `${title}: share of the file`, unit: "%", must: atMost(5, "%") },
  { key: `${key}Time`, title: `${title}: time`, unit: "ms" },
];

export default {
  name: "deltas",
  title: "A 1 % change of a large file",
  note: "bsdiff sends nothing: its bytes are its patch's",
  process: "own",
  peer: BSDIFF,
  measures: [
    ...bytes("json", "5 MB JSON, 1 % other records", noMoreThanPatch),
    // A tenth of a percent of the bytes, and headers of HTTP are a tenth of what travels.
    ...bytes("field", "5 MB JSON, one field of 1 % of the records"),
    ...bytes("binary", "20 MB binary, 1 % in runs of 256 bytes", noMoreThanPatch),
    { key: "memory", title: "peak memory of the process", unit: "MiB" },
  ],
  async measure({ kind, smoke }) {
    const folder = mkdtempSync(join(scratch("deltas"), "files-"));
    try {
      const files = changed(smoke);
      return kind === SYNCLINE ? await overHttp(files) : await withBsdiff(files, folder);
    } finally {
      rmSync(folder, { recursive: true });
    }
  },
};

async function overHttp(files) {
  return await withServer(SYNCLINE, async ({ pid, url, dataDirectory }) => {
    const root = new URL("/api/v1/workspaces/bench/", url.replace("ws", "http"));
    const authorization = `Bearer ${readFileSync(join(dataDirectory, "admin-token"), "utf8").trim()}`;
    const ask = (path, options) => answer(new URL(path, root), { ...options, headers: { ...options.headers, authorization } });
    await ask("file", { method: "PUT", body: "links: {}\n" });
    const put = async (path, body) => {
      const { content } = JSON.parse((await ask("contents", { method: "POST", body })).body);
      await ask("changes", { method: "POST", body: JSON.stringify({ changes: [{ path, content }] }) });
      return content;
    };
    const measured = {};
    for (const [key, { old, now }] of Object.entries(files)) {
      const id = await put(key, old);
      await put(key, now);
      const begin = performance.now();
      const { headers, body, received } = await ask(`files/${key}`, {
        method: "GET",
        headers: {
          "accept-encoding": "dcz",
          "available-dictionary": `:${createHash("sha256").update(old).digest("base64")}:`,
          "dictionary-id": `"${id}"`,
        },
      });
      note(measured, key, received, now, begin);
      if (headers["content-encoding"] !== "dcz" || body.length > received) {
        throw new Error(`${key} did not come as a delta`);
      }
    }
    return { ...measured, memory: peakMemory(pid) };
  });
}

/** Sends a request on a connection of its own, so that all that the connection brings is counted. */
function answer(url, { method, headers, body = "" }) {
  return new Promise((done, failed) => {
    const length = Buffer.byteLength(body);
    const sent = request(url, { method, headers: { ...headers, "content-length": length }, agent: false }, (response) => {
      const parts = [];
      response.on("data", (part) => parts.push(part));
      response.on("error", failed);
      response.on("end", () => {
        const whole = Buffer.concat(parts);
        if (response.statusCode >= 300) {
          return failed(new Error(`${method} ${url.pathname}: ${response.statusCode} ${whole}`));
        }
        done({ headers: response.headers, body: whole, received: response.socket.bytesRead });
      });
    });
    sent.on("error", failed);
    sent.end(body);
  });
}

async function withBsdiff(files, folder) {
  const measured = { memory: 0 };
  const [from, to, patch] = ["old", "new", "patch"].map((name) => join(folder, name));
  for (const [key, { old, now }] of Object.entries(files)) {
    writeFileSync(from, old);
    writeFileSync(to, now);
    const begin = performance.now();
    measured.memory = Math.max(measured.memory, await peakOf(spawn("bsdiff", [from, to, patch], { stdio: "inherit" })));
    note(measured, key, statSync(patch).size, now, begin);
  }
  return measured;
}

function peakOf(program) {
  return new Promise((done, failed) => {
    let peak = 0;
    const looking = setInterval(() => {
      try {
        peak = Math.max(peak, peakMemory(program.pid));
      } catch {
        // It is just ending.
      }
    }, 20);
    program.once("error", () => failed(new Error("bsdiff is not here: apt-get install bsdiff")));
    program.once("exit", (code) => {
      clearInterval(looking);
      return code === 0 ? done(peak) : failed(new Error(`bsdiff ended with ${code}`));
    });
  });
}

function note(measured, key, size, file, begin) {
  measured[`${key}Time`] = performance.now() - begin;
  measured[`${key}Bytes`] = size;
  measured[`${key}Share`] = (100 * size) / file.length;
}

/** The same on every machine. */
function changed(smoke) {
  const random = generator(7);
  const size = (key) => sizes[key] / (smoke ? 20 : 1);
  const record = () => ({
    id: random().toString(16),
    name: ["Ada Lovelace", "Grace Hopper", "Alan Turing", "Edsger Dijkstra"][random() % 4],
    score: random() % 1_000_000,
    note: Array.from({ length: 10 }, () => ["alpha", "beta", "gamma", "delta", "epsilon", "zeta", "eta", "theta"][random() % 8]).join(" "),
  });
  const text = (records) => Buffer.from(JSON.stringify(records, undefined, 1));
  const records = Array.from({ length: Math.floor(size("json") / 140) }, record);
  const chosen = new Set(Array.from({ length: records.length / 100 }, () => random() % records.length));
  const others = records.map((known, at) => (chosen.has(at) ? record() : known));
  const fields = records.map((known, at) => (chosen.has(at) ? { ...known, score: random() % 1_000_000 } : known));

  const binary = Buffer.from(Uint32Array.from({ length: size("binary") / 4 }, random).buffer);
  const runs = Buffer.from(binary);
  for (let done = 0; done < binary.length / 100; done += 256) {
    Buffer.from(Uint32Array.from({ length: 64 }, random).buffer).copy(runs, random() % (runs.length - 256));
  }
  return {
    json: { old: text(records), now: text(others) },
    field: { old: text(records), now: text(fields) },
    binary: { old: binary, now: runs },
  };
}
