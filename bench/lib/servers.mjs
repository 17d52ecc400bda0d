/** The two servers, and how one of them is run: a process of its own on a port and a data directory. */
import { execFileSync, spawn, spawnSync } from "node:child_process";
import { closeSync, mkdirSync, mkdtempSync, openSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { get } from "node:http";
import { createServer } from "node:net";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { pause } from "./clients.mjs";

const bench = dirname(dirname(fileURLToPath(import.meta.url)));
const require = createRequire(import.meta.url);
const launcher = resolve(bench, "../syncline");
const START_TIMEOUT = 60_000;
const STOP_TIMEOUT = 15_000;

/** Another build to measure: a command that honours PORT and DATA_DIR. */
const own = process.env.SYNCLINE_COMMAND?.split(" ") ?? [launcher, "serve"];

export const SYNCLINE = { name: "Syncline", key: "syncline", command: own, probe: "/readyz", settle: 0 };

export const REFERENCE = {
  name: "reference",
  key: "reference",
  command: [
    process.execPath,
    join(dirname(require.resolve("@automerge/automerge-repo-sync-server/package.json")), "src/index.js"),
  ],
  probe: "/",
  // It loses joins that come in its first milliseconds.
  settle: 150,
};

/** Where data directories, logs and generated data go; ignored by Git. */
export function scratch(name = ".") {
  const folder = join(bench, ".data", name);
  mkdirSync(folder, { recursive: true });
  return folder;
}

/** Builds ours and its cache of loaded classes, so that no measure contains that. */
export function build() {
  if (own[0] === launcher) {
    execFileSync(launcher, ["--version"], { stdio: ["ignore", "ignore", "inherit"] });
  }
}

/** Where the Java is that the launcher takes. */
export function javaHome() {
  const env = { ...process.env, SYNCLINE_COMMAND: undefined, SYNCLINE_JAVA_OPTS: "-XshowSettings:properties" };
  const { stderr } = spawnSync(launcher, ["--version"], { env, encoding: "utf8" });
  const found = /^ *java\.home = (.*)$/m.exec(stderr);
  if (found === null) {
    throw new Error(`${launcher} finds no Java: ${stderr}`);
  }
  return found[1];
}

export function versions() {
  const reference = require("@automerge/automerge-repo-sync-server/package.json").version;
  const ours = own[0] === launcher ? execFileSync(launcher, ["--version"], { encoding: "utf8" }) : own.join(" ");
  return { syncline: ours.trim().split("\n")[0], reference };
}

export function newDataDirectory(server) {
  return mkdtempSync(join(scratch("servers"), `${server.key}-`));
}

/** One of Syncline's own commands. */
export function runSyncline(...given) {
  execFileSync(launcher, given, { stdio: ["ignore", "ignore", "inherit"] });
}

/** Runs a server for as long as {@code use} takes, on an empty data directory unless one is given. */
export async function withServer(server, use, directory) {
  const data = directory ?? newDataDirectory(server);
  const running = await start(server, data);
  try {
    return await use(running);
  } finally {
    await running.stop();
    if (directory === undefined) {
      rmSync(data, { recursive: true, force: true });
    }
  }
}

/**
 * Starts a server; {@code startedIn} says in milliseconds how long it took to be ready.
 *
 * @param more.env further variables of its environment
 * @param more.port where it listens; one that is free if not given
 */
export async function start(server, dataDirectory, more = {}) {
  const port = more.port ?? (await freePort());
  const log = openSync(join(scratch("logs"), `${server.key}.log`), "a");
  const begin = performance.now();
  const [program, ...options] = server.command;
  const process_ = spawn(program, options, {
    // Syncline takes no variable of its name that it doesn't know.
    env: { ...process.env, SYNCLINE_COMMAND: undefined, PORT: String(port), DATA_DIR: dataDirectory, DEBUG: "", ...more.env },
    stdio: ["ignore", log, log],
  });
  closeSync(log);
  const ended = new Promise((done) => process_.once("exit", done));
  const gone = () => process_.exitCode !== null || process_.signalCode !== null;
  // Nothing stays behind when a benchmark is interrupted.
  const abandon = () => process_.kill("SIGKILL");
  process.once("exit", abandon);
  const end = async (signal) => {
    process_.kill(signal);
    const late = setTimeout(() => process_.kill("SIGKILL"), STOP_TIMEOUT);
    await ended;
    clearTimeout(late);
    process.removeListener("exit", abandon);
  };
  while (!(await answers(port, server.probe))) {
    if (gone() || performance.now() - begin > START_TIMEOUT) {
      await end("SIGKILL");
      throw new Error(`${server.name} did not start: see ${scratch("logs")}`);
    }
    await pause(2);
  }
  const startedIn = performance.now() - begin;
  await pause(server.settle);
  return {
    pid: process_.pid,
    url: `ws://127.0.0.1:${port}`,
    dataDirectory,
    startedIn,
    /** Ends it by a signal, without waiting for what it has to say; resolves when it is gone. */
    end,
    stop: () => (gone() ? undefined : end("SIGTERM")),
  };
}

function answers(port, path) {
  return new Promise((done) => {
    const request = get({ host: "127.0.0.1", port, path, agent: false, timeout: 5_000 }, (response) => {
      response.resume();
      done(response.statusCode < 500);
    });
    request.on("error", () => done(false));
    request.on("timeout", () => request.destroy());
  });
}

export function freePort() {
  return new Promise((done, failed) => {
    const socket = createServer();
    socket.on("error", failed);
    socket.listen(0, "127.0.0.1", () => {
      const { port } = socket.address();
      socket.close(() => done(port));
    });
  });
}
