/** The process is ended at random instants while two folders, a repository and an app change files. */
import { mkdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { pause } from "../../lib/clients.mjs";
import { bare, git, gitLater, gitReading } from "../../lib/git.mjs";
import { atMost } from "../../lib/must.mjs";
import { contentsOf } from "../../lib/trees.mjs";
import { Workspace, newFolder, startServer, withPlace } from "../../lib/workspaces.mjs";

const KILLS = 20;
const FILES = 200;
const LONGEST = 1_500;

export default {
  name: "killed",
  title: "kill -9 at a random instant, with edits on all sides",
  note: `${KILLS} kills in a round; two folders, a clone of the repository, and the HTTP API; the sum of all rounds`,
  process: "own",
  summed: true,
  measures: [
    { key: "kills", title: "kills" },
    { key: "written", title: "versions written by the four" },
    { key: "lost", title: "versions that are in no commit", must: atMost(0) },
    { key: "unequal", title: "files that differ between the four afterwards", must: atMost(0) },
    { key: "fsck", title: "complaints of git fsck --strict", must: atMost(0) },
  ],
  measure: ({ smoke }) => withPlace((place) => new Trial(place).run(smoke ? 2 : KILLS)),
};

/** One place to work in, and what has been written there that nobody may lose. */
class Trial {
  #texts = 0;
  /** Text of each file of a folder that its person saved last; what people overwrite themselves is theirs to lose. */
  #saved = new Map();
  /** Texts of which the app or the person at the clone was told that they are safe. */
  #acknowledged = new Set();

  constructor(place) {
    this.place = place;
    this.origin = bare(join(place, "origin.git"));
    this.folders = ["one", "other"].map((name) => newFolder(place, name));
    this.clone = join(place, "clone");
    git(place, "clone", "-q", this.origin, this.clone);
  }

  async run(kills) {
    let server = await startServer(this.place);
    await new Workspace(server).define({
      origin: `git: ${this.origin}, reconcile: 1s`,
      one: `folder: ${this.folders[0]}`,
      other: `folder: ${this.folders[1]}`,
    });
    for (let kill = 0; kill < kills; kill++) {
      const busy = { is: true };
      const work = this.#everybody(new Workspace(server), busy);
      await pause(Math.random() * LONGEST);
      await server.end("SIGKILL");
      busy.is = false;
      await work;
      server = await startServer(this.place);
    }
    const workspace = new Workspace(server);
    await workspace.untilEqual();
    const found = { kills, written: this.#texts, ...this.#look(workspace.ledger) };
    await server.stop();
    return found;
  }

  #everybody(workspace, busy) {
    return Promise.all([
      whileBusy(busy, 40, () => this.#app(workspace)),
      whileBusy(busy, 60, () => this.#person(this.folders[0])),
      whileBusy(busy, 60, () => this.#person(this.folders[1])),
      whileBusy(busy, 400, () => this.#cloner()),
    ]);
  }

  async #app(workspace) {
    const text = this.#text();
    const told = await workspace.change([{ path: somePath(), text }]).catch(() => undefined);
    if (told) {
      this.#acknowledged.add(text);
    }
  }

  /** Saves a file in place, or as most editors do; or removes one. */
  #person(folder) {
    const file = join(folder, somePath());
    if (Math.random() < 0.1) {
      rmSync(file, { force: true });
      this.#saved.delete(file);
      return;
    }
    const text = this.#text();
    mkdirSync(dirname(file), { recursive: true });
    const inPlace = Math.random() < 0.5;
    writeFileSync(inPlace ? file : `${file}.new`, text);
    if (!inPlace) {
      renameSync(`${file}.new`, file);
    }
    this.#saved.set(file, text);
  }

  /** Changes a file in the clone, and pushes; a push that is refused is given up. */
  async #cloner() {
    const text = this.#text();
    const path = somePath();
    try {
      await gitLater(this.clone, "fetch", "-q");
      await gitLater(this.clone, "reset", "-q", "--hard", "origin/main").catch(() => undefined); // nothing there yet
      mkdirSync(dirname(join(this.clone, path)), { recursive: true });
      writeFileSync(join(this.clone, path), text);
      await gitLater(this.clone, "add", "-A");
      await gitLater(this.clone, "commit", "-q", "-m", "Change");
      await gitLater(this.clone, "push", "-q", "origin", "HEAD:main");
      this.#acknowledged.add(text);
    } catch (refused) {
      if (!/reject|lock|failed to push/.test(refused.message)) {
        throw refused;
      }
    }
  }

  #look(ledger) {
    const kept = versions(ledger);
    const final = git(this.place, "clone", "-q", this.origin, "final") || contentsOf(join(this.place, "final"));
    const sides = [final, ...this.folders.map(contentsOf)];
    const paths = new Set(sides.flatMap((side) => [...side.keys()]));
    return {
      lost: [...this.#acknowledged, ...this.#saved.values()].filter((text) => !kept.has(text)).length,
      unequal: [...paths].filter((path) => new Set(sides.map((side) => side.get(path))).size > 1).length,
      fsck: [ledger, this.origin].flatMap(complaints).length,
    };
  }

  #text() {
    return `text ${this.#texts++}\n`;
  }
}

async function whileBusy(busy, longest, work) {
  while (busy.is) {
    await work();
    await pause(Math.random() * longest);
  }
}

function somePath() {
  const number = Math.floor(Math.random() * FILES);
  return `${number % 7}/${number}.txt`;
}

/** All contents that any ref of a repository leads to. */
function versions(repository) {
  const ids = git(repository, "rev-list", "--all", "--objects").replaceAll(/ .*/g, "");
  const texts = gitReading(repository, ids, "cat-file", "--batch");
  return new Set(texts.match(/^text \d+\n/gm));
}

function complaints(repository) {
  try {
    return git(repository, "fsck", "--strict", "--no-dangling").split("\n").filter((line) => line !== "");
  } catch (damaged) {
    return [damaged.message];
  }
}
