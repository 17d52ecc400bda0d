/** A light peer: it speaks the automerge-repo protocol and keeps no document, so that the server is what is tested. */
import { createHash, randomUUID } from "node:crypto";
import { createRequire } from "node:module";

// Resolved from the program that runs: tests and benchmark share this file, and each brings its own packages.
const require = createRequire(process.argv[1]);
const WebSocket = require("ws");
const { Encoder } = require("cbor-x");
const cbor = new Encoder({ tagUint8Array: false, useRecords: false });

const JOIN_TIMEOUT = 15_000;

export class Peer {
  #socket;
  #listeners = new Map();
  #onJoined;

  /**
   * Connects and joins.
   *
   * @param {string} url
   * @param {{peerId?: string, storageId?: string, headers?: object}} options a peer with a storage id asks the server
   *   to remember it
   */
  static async join(url, options = {}) {
    const peer = new Peer(url, options);
    let timer;
    const late = new Promise((_, reject) => {
      timer = setTimeout(() => reject(new Error("no answer to the join")), JOIN_TIMEOUT);
    });
    const ended = peer.closed.then(({ code, reason }) => {
      throw new Error(`closed before the join was answered: ${code} ${reason}`);
    });
    ended.catch(() => {});
    try {
      peer.server = await Promise.race([peer.joined, ended, late]);
      return peer;
    } catch (failure) {
      peer.terminate();
      throw failure;
    } finally {
      clearTimeout(timer);
    }
  }

  constructor(url, { peerId = `light-${randomUUID()}`, storageId, headers }) {
    this.peerId = peerId;
    this.joined = new Promise((resolve) => (this.#onJoined = resolve));
    this.#socket = new WebSocket(url, { headers, perMessageDeflate: false });
    this.#socket.on("open", () =>
      this.frame({
        type: "join",
        senderId: peerId,
        peerMetadata: { storageId, isEphemeral: storageId === undefined },
        supportedProtocolVersions: ["1"],
      }),
    );
    this.#socket.on("message", (data) => this.#receive(cbor.decode(data)));
    /** Resolves when the connection is over, whoever ended it. */
    this.closed = new Promise((resolve) => {
      this.#socket.on("error", ({ message }) => resolve({ code: 0, reason: message }));
      this.#socket.on("close", (code, reason) => resolve({ code, reason: reason.toString() }));
    });
  }

  #receive(message) {
    if (message.type === "peer") {
      this.#onJoined(message);
    } else {
      this.#listeners.get(message.documentId)?.(message);
    }
  }

  /** Hears every message about the document: sync, doc-unavailable, ephemeral. One listener a document. */
  listen(documentId, listener) {
    this.#listeners.set(documentId, listener);
  }

  /** Asks for a document that this peer lacks. */
  request(documentId, data) {
    this.#send({ type: "request", documentId, data });
  }

  /** Sends a sync message about a document that this peer has. */
  sync(documentId, data) {
    this.#send({ type: "sync", documentId, data });
  }

  ephemeral(documentId, count, sessionId, value) {
    this.#send({ type: "ephemeral", documentId, count, sessionId, data: cbor.encode(value) });
  }

  #send(message) {
    this.send(this.frameOf(message));
  }

  /** A message of this peer as bytes: a benchmark prepares them before it looks at the clock. */
  frameOf(message) {
    return cbor.encode({ ...message, senderId: this.peerId, targetId: this.server.senderId });
  }

  /** Sends prepared bytes. */
  send(bytes) {
    this.#socket.send(bytes);
  }

  /** Sends any message as it is. */
  frame(message) {
    this.send(cbor.encode(message));
  }

  close() {
    this.#socket.close();
  }

  /** Ends the connection without a word, as a lost network does. */
  terminate() {
    this.#socket.terminate();
  }
}

const BASE58 = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";

/** A new document id: a random UUID, as 1.x clients insist, and its checksum in base 58. */
export function newDocumentId() {
  const id = Buffer.from(randomUUID().replaceAll("-", ""), "hex");
  const twice = createHash("sha256").update(createHash("sha256").update(id).digest()).digest();
  const bytes = Buffer.concat([id, twice.subarray(0, 4)]);
  let number = BigInt(`0x${bytes.toString("hex")}`);
  let text = "";
  while (number > 0n) {
    text = BASE58[Number(number % 58n)] + text;
    number /= 58n;
  }
  const zeros = bytes.findIndex((byte) => byte !== 0);
  return "1".repeat(zeros) + text;
}
