/** A Relay Server whose documents are real Yjs documents, and Syncline with folders of it. */
import { execFileSync, spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { existsSync, mkdirSync, statSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { pause } from "./clients.mjs";
import { git } from "./git.mjs";
import { SYNCLINE, freePort, start } from "./servers.mjs";

const peer = resolve(dirname(fileURLToPath(import.meta.url)), "../../server/src/test/peer/relay");
const SECRET = "a shared secret";
const IN_TIME = 5 * 60_000;

/** The Relay Server of the tests, in a process of its own. */
export class RelayServer {
  static async start() {
    if (!existsSync(join(peer, "node_modules"))) {
      execFileSync("npm", ["ci", "--silent"], { cwd: peer, stdio: ["ignore", "ignore", "inherit"] });
    }
    const child = spawn(process.execPath, [join(peer, "server.mjs")], { stdio: ["pipe", "pipe", "inherit"] });
    for await (const line of createInterface({ input: child.stdout })) {
      return new RelayServer(child, JSON.parse(line));
    }
    throw new Error("the Relay Server did not start");
  }

  constructor(child, where) {
    this.child = child;
    this.url = where.url;
    this.key = where.readKey;
    this.control = where.control;
  }

  stop() {
    this.child.stdin.end();
  }

  /** Does commands in order, and answers what came of each. */
  async order(...commands) {
    const response = await fetch(this.control, { method: "POST", body: JSON.stringify(commands) });
    if (!response.ok) {
      throw new Error(await response.text());
    }
    return await response.json();
  }

  async counts() {
    return (await this.order({ do: "counts" }))[0];
  }

  /** Makes a folder of a new relay with so many notes; answers its id and theirs. */
  async folder(notes, bytes) {
    const folder = `${randomUUID()}-${randomUUID()}`;
    const [seeded] = await this.order({ do: "seed", folder, notes, bytes });
    return { id: folder, notes: seeded.ids.map((id) => `${folder.slice(0, 36)}-${id}`) };
  }

  /** Sends webhooks for these folders, each by a queue of its own. */
  webhooks(url, folders) {
    const hooks = folders.map(({ id }) => ({
      prefix: id.slice(0, 36),
      url,
      timeout_ms: 5_000,
      auth_token: `Bearer ${SECRET}`,
    }));
    return this.order({ do: "webhooks", hooks });
  }
}

/** Runs both for as long as {@code use} takes, with a workspace for each folder. */
export async function withFolders(place, folders, settings, use) {
  const relay = await RelayServer.start();
  try {
    const made = [];
    for (const { notes, bytes } of folders) {
      made.push(await relay.folder(notes, bytes));
    }
    return await use(new Place(place, relay, made, settings));
  } finally {
    relay.stop();
  }
}

/** A data directory of Syncline for folders of a Relay Server. */
export class Place {
  #port;

  /** @param {string} settings lines of each link to a folder */
  constructor(place, relay, folders, settings) {
    this.data = join(place, "data");
    this.relay = relay;
    this.folders = folders;
    folders.forEach(({ id }, number) => {
      const workspace = join(this.data, "workspaces", `folder-${number}`);
      mkdirSync(workspace, { recursive: true });
      writeFileSync(join(workspace, "workspace.yaml"), `links:\n  relay: {relay: ${id}, ${settings}}\n`);
    });
  }

  ledger(number) {
    return join(this.data, "workspaces", `folder-${number}`, "ledger.git");
  }

  /** Starts Syncline where it was before, if it ran. */
  async start(env = {}) {
    this.#port ??= await freePort();
    const server = await start(SYNCLINE, this.data, {
      port: this.#port,
      env: {
        RELAY_SERVER_URL: this.relay.url,
        RELAY_SERVER_API_KEY: this.relay.key,
        WEBHOOK_SECRET: SECRET,
        ...env,
      },
    });
    await this.relay.webhooks(`http://127.0.0.1:${this.#port}/webhooks`, this.folders);
    return server;
  }

  /** The files of a folder's newest version, by path. */
  files(number) {
    const ledger = this.ledger(number);
    if (!existsSync(join(ledger, "packed-refs"))) {
      return 0;
    }
    return git(ledger, "ls-tree", "-r", "--name-only", "main").split("\n").filter((line) => line !== "").length;
  }

  async untilAll(number, count) {
    for (const end = Date.now() + IN_TIME; this.files(number) !== count; await pause(20)) {
      if (Date.now() > end) {
        throw new Error(`${this.files(number)} of ${count} notes arrived`);
      }
    }
  }

  /** Resolves to the moment at which a folder's ledger is seen to change. */
  async changed(number, since) {
    const end = performance.now() + IN_TIME;
    while (performance.now() < end) {
      if (this.stamp(number) !== since) {
        return performance.now();
      }
      await new Promise(setImmediate);
    }
    throw new Error("nothing was committed");
  }

  /** Tells one state of a ledger from another. */
  stamp(number) {
    const file = statSync(join(this.ledger(number), "packed-refs"), { throwIfNoEntry: false, bigint: true });
    return file === undefined ? "" : `${file.ino} ${file.mtimeNs}`;
  }
}
