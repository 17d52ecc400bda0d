/** A server with workspaces: what their links are, and how their API is called. */
import { mkdirSync, readFileSync, rmSync } from "node:fs";
import { Agent, request } from "node:http";
import { join } from "node:path";
import { pause } from "./clients.mjs";
import { SYNCLINE, newDataDirectory, start } from "./servers.mjs";

const ADA = { name: "Ada", email: "ada@example.org" };
const IN_TIME = 5 * 60_000;

/** Runs {@code use} with a new directory for folders, repositories and data, which is gone afterwards. */
export async function withPlace(use) {
  const place = newDataDirectory({ key: "place" });
  try {
    return await use(place);
  } finally {
    rmSync(place, { recursive: true, force: true });
  }
}

export function newFolder(place, name) {
  const folder = join(place, name);
  mkdirSync(folder);
  return folder;
}

/** Runs a server of Syncline with one workspace for as long as {@code use} takes. */
export async function withWorkspace(place, links, use, more = "") {
  const server = await startServer(place);
  try {
    const workspace = new Workspace(server);
    await workspace.define(links, more);
    await workspace.sync();
    return await use(workspace, server);
  } finally {
    await server.stop();
  }
}

export function startServer(place) {
  return start(SYNCLINE, join(place, "data"));
}

/** The workspace "bench" of a running server. */
export class Workspace {
  #url;
  #token;
  #agent = new Agent({ keepAlive: true, maxSockets: 256 });

  constructor(server) {
    this.ledger = join(server.dataDirectory, "workspaces/bench/ledger.git");
    this.#url = new URL("/api/v1/workspaces/bench/", server.url.replace("ws:", "http:"));
    this.#token = readFileSync(join(server.dataDirectory, "admin-token"), "utf8").trim();
  }

  /** @param {{[name: string]: string}} links each link's lines of the workspace's file */
  define(links, more = "") {
    const list = Object.entries(links).map(([name, lines]) => `  ${name}: {${lines}}`);
    return this.#call("PUT", "file", ["links:", ...list, more, ""].join("\n"));
  }

  /** Runs all links until nothing is left to do. */
  sync() {
    return this.#call("POST", "sync");
  }

  state() {
    return this.#call("GET", ".");
  }

  change(changes) {
    return this.#call("POST", "changes", JSON.stringify({ changes }));
  }

  conflicts() {
    return this.#call("GET", "conflicts");
  }

  /** Answers each conflict that waits with both versions. */
  async keepBoth() {
    for (const { id, ours, theirs } of (await this.conflicts()).conflicts) {
      const seen = { ours: ours?.content ?? null, theirs: theirs?.content ?? null };
      await this.#call("POST", `conflicts/${id}`, JSON.stringify({ author: ADA, seen, choose: "both" }));
    }
  }

  /** Runs all links until every one says that both its sides are equal. */
  async untilEqual() {
    for (const end = Date.now() + IN_TIME; Date.now() < end; await pause(20)) {
      const { links, conflicts } = await this.sync();
      if (conflicts > 0) {
        await this.keepBoth();
      } else if (links.every(({ condition }) => condition === "idle")) {
        return;
      }
    }
    throw new Error(`the links don't come to rest: ${JSON.stringify(await this.state())}`);
  }

  #call(method, path, body) {
    const headers = { authorization: `Bearer ${this.#token}` };
    return new Promise((done, failed) => {
      const call = request(new URL(path, this.#url), { method, headers, agent: this.#agent }, async (response) => {
        const parts = await response.toArray().catch(failed);
        const text = Buffer.concat(parts ?? []).toString();
        if (response.statusCode < 300) {
          done(text === "" ? undefined : JSON.parse(text));
        } else {
          failed(new Error(`${method} ${path}: ${response.statusCode} ${text}`));
        }
      });
      call.on("error", failed);
      call.end(body);
    });
  }
}
