/** Ends the server the moment it acknowledged an edit, starts it again, and looks for that edit. */
import { rmSync } from "node:fs";
import { CURRENT, Peer, Writer, encodeSync, headsOf, newDocumentId, pause } from "../../lib/clients.mjs";
import { edits } from "../../lib/histories.mjs";
import { atMost } from "../../lib/must.mjs";
import { SYNCLINE, newDataDirectory, start } from "../../lib/servers.mjs";

const GAP = 5;
const ATTEMPTS = 10;
const ATTEMPTS_REFERENCE = 2;
const SIGNALS = { kill: "SIGKILL", stop: "SIGTERM" };
const KINDS = { idle: "an idle document", fresh: "a new document", stream: `a stream at ${GAP} ms` };

export default {
  name: "lost",
  title: "Acknowledged edits that are gone once the process has ended",
  note: `${ATTEMPTS} attempts of each kind in a round with Syncline, ${ATTEMPTS_REFERENCE} with the reference; the sum of all rounds`,
  process: "own",
  summed: true,
  measures: Object.entries(SIGNALS).flatMap(([end, signal]) =>
    Object.entries(KINDS).map(([kind, words]) => ({
      key: `${end}-${kind}`,
      title: `${signal}, ${words}`,
      unit: "edits",
      must: atMost(0),
    })),
  ),
  async measure({ kind, smoke }) {
    const rounds = smoke || kind !== SYNCLINE ? ATTEMPTS_REFERENCE : ATTEMPTS;
    const lost = {};
    for (const [end, signal] of Object.entries(SIGNALS)) {
      const attempts = new Attempts(kind, signal, rounds);
      for (const name of Object.keys(KINDS)) {
        lost[`${end}-${name}`] = await attempts.all(name);
      }
    }
    return lost;
  },
};

/** Each start serves to check what went before, and then for the next attempt. */
class Attempts {
  constructor(kind, signal, rounds) {
    Object.assign(this, { kind, signal, rounds });
  }

  /** How many acknowledged edits were missing, over all rounds. */
  async all(name) {
    const directory = newDataDirectory(this.kind);
    const idle = { documentId: newDocumentId(), list: edits(this.rounds + 1) };
    let server = await start(this.kind, directory);
    let lost = 0;
    try {
      for (let round = 0; round < this.rounds; round++) {
        const { writer, acknowledged } = await this[name](server.url, round, idle);
        await server.end(this.signal);
        writer.peer.terminate();
        server = await start(this.kind, directory);
        lost += acknowledged - (await newest(server.url, writer, acknowledged));
      }
    } finally {
      await server.stop();
      rmSync(directory, { recursive: true, force: true });
    }
    return lost;
  }

  async idle(url, round, state) {
    const writer = new Writer(await Peer.join(url), state.documentId, state.list);
    // What was lost in the round before is sent again, as its author would.
    await writer.until(writer.upload(round + 1));
    // At rest: whatever the server puts off is done.
    await pause(500);
    const acknowledged = writer.edit();
    await writer.until(acknowledged);
    return { writer, acknowledged };
  }

  async fresh(url) {
    const writer = new Writer(await Peer.join(url), newDocumentId(), edits(1));
    const acknowledged = writer.edit();
    await writer.until(acknowledged);
    return { writer, acknowledged };
  }

  async stream(url, round) {
    const writer = new Writer(await Peer.join(url), newDocumentId(), edits(200)).prepare();
    await writer.until(writer.edit());
    const enough = 20 + 3 * round;
    while (writer.acknowledged < enough) {
      writer.edit();
      await pause(GAP);
    }
    return { writer, acknowledged: writer.acknowledged };
  }
}

/** The newest edit that the server has, at most {@code acknowledged}; -1 if it has none. */
async function newest(url, { documentId, positions }, acknowledged) {
  const peer = await Peer.join(url);
  const found = await new Promise((resolve) => {
    peer.listen(documentId, ({ type, data }) => {
      if (type === "doc-unavailable") {
        resolve(-1);
      } else if (type === "sync") {
        const indexes = headsOf(data).map((head) => positions.get(head) ?? -1);
        // The reference says with empty heads that it has nothing, and then says so again.
        resolve(Math.max(-1, ...indexes));
      }
    });
    peer.request(documentId, encodeSync({ capabilities: CURRENT }));
  });
  peer.close();
  return Math.min(found, acknowledged);
}
