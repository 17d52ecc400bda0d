/** Two instances of Syncthing that keep two folders the same, with its defaults, and that speak to nobody else. */
import { execFileSync, spawn } from "node:child_process";
import { closeSync, mkdirSync, openSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { freePort, scratch } from "./servers.mjs";

const ALONE = {
  globalAnnounceEnabled: false,
  localAnnounceEnabled: false,
  relaysEnabled: false,
  natEnabled: false,
  crashReportingEnabled: false,
  startBrowser: false,
  autoUpgradeIntervalH: 0,
  urAccepted: -1,
};

export const SYNCTHING = {
  get name() {
    return `Syncthing ${/v[\d.]+/.exec(syncthing("--version"))[0].slice(1)}`;
  },
  key: "syncthing",
};

/** Runs both for as long as {@code use} takes. */
export async function withSyncthing(place, folders, use) {
  const instances = await Promise.all(folders.map((folder, index) => prepare(join(place, `st${index}`), folder)));
  instances.forEach((instance) => configure(instance, instances));
  const running = instances.map(run);
  // Nothing stays behind when a benchmark is interrupted.
  const abandon = () => running.forEach((instance) => instance.kill("SIGKILL"));
  process.once("exit", abandon);
  try {
    return await use();
  } finally {
    const ended = running.map((instance) => new Promise((done) => instance.once("exit", done)));
    running.forEach((instance) => instance.kill("SIGTERM"));
    await Promise.all(ended);
    process.removeListener("exit", abandon);
  }
}

async function prepare(home, folder) {
  mkdirSync(home);
  syncthing("generate", `--home=${home}`, "--no-default-folder");
  mkdirSync(join(folder, ".stfolder"));
  const id = syncthing("--device-id", `--home=${home}`).trim();
  return { home, folder, id, port: await freePort(), gui: await freePort() };
}

function configure({ home, folder, port, gui }, all) {
  const file = join(home, "config.xml");
  const options = [["listenAddress", `tcp://127.0.0.1:${port}`], ...Object.entries(ALONE)];
  const before = readFileSync(file, "utf8")
    .replace("127.0.0.1:8384", `127.0.0.1:${gui}`)
    .replace(/<device id="[^"]+"[^]*?<\/device>/, "")
    .replace(/<stunServer>[^<]*/, "<stunServer>");
  const set = options.reduce((text, [key, value]) => text.replace(new RegExp(`<${key}>[^<]*`), `<${key}>${value}`), before);
  const devices = all.map((one) => `<device id="${one.id}"><address>tcp://127.0.0.1:${one.port}</address></device>`);
  const members = all.map(({ id }) => `<device id="${id}"></device>`);
  const shared = `<folder id="bench" path="${folder}" rescanIntervalS="3600" fsWatcherEnabled="true" fsWatcherDelayS="10">${members.join("")}</folder>`;
  writeFileSync(file, set.replace(/<configuration[^>]*>/, (start) => start + devices.join("") + shared));
}

function run({ home }) {
  const log = openSync(join(scratch("logs"), "syncthing.log"), "a");
  try {
    return spawn("syncthing", ["serve", `--home=${home}`, "--no-browser", "--no-restart"], { stdio: ["ignore", log, log] });
  } finally {
    closeSync(log);
  }
}

function syncthing(...command) {
  return execFileSync("syncthing", command, { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] });
}
