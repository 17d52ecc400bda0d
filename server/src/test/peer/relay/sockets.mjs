// The WebSocket of a document: its own synchronisation, and events of all documents of its channel.
import * as cbor from 'cborg';
import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import { WebSocketServer } from 'ws';
import * as sync from 'y-protocols/sync';
import * as Y from 'yjs';
import { Refusal } from './access.mjs';
import { asSocketEvent } from './events.mjs';

const PATH = /^\/d\/([\w-]+)\/ws\/([\w-]+)$/;
const SYNC = 0;
const AWARENESS = 1;
const QUERY_AWARENESS = 3;
const EVENT = 4;
const SUBSCRIBE = 5;
const UNSUBSCRIBE = 6;
const QUERY_SUBDOCS = 7;
const SUBDOCS = 8;
const SYNC_STATUS = 102;
const MOST_SUBDOCS = 100;

export class Sockets {
  #server;
  #sockets = new WebSocketServer({ noServer: true });
  #connections = new Set();
  #waiting = new Map();
  pingEvery = 20_000;
  debounce = 1_000;

  constructor(server) {
    this.#server = server;
  }

  /** Answers a request for a socket. */
  async upgrade(request, socket, head) {
    socket.on('error', () => socket.destroy());
    const url = new URL(request.url, `http://${request.headers.host}`);
    const { faults, access, counts } = this.#server;
    counts.add('ws', PATH.exec(url.pathname)?.[1] ?? '', 0);
    if (await faults.before(url.pathname, onSocket(socket))) {
      return;
    }
    try {
      const [, id, again] = PATH.exec(url.pathname) ?? [];
      if (id === undefined || id !== again) {
        throw new Refusal(400, 'the doc_id appears twice in the URL');
      }
      if (faults.refuses(url.pathname)) {
        throw new Refusal(401, 'Invalid token');
      }
      const token = url.searchParams.get('token');
      const { documents } = this.#server;
      access.open(token, id, documents.has(id));
      const document = documents.load(id, { channel: access.channelOf(token) });
      this.#sockets.handleUpgrade(request, socket, head, (opened) => {
        this.#open(opened, document, () => access.write(token, id));
      });
    } catch (error) {
      onSocket(socket)
        .writeHead(error.status ?? 500, {})
        .end(`Something went wrong: ${error.message}`);
    }
  }

  /** At once if this user's last event of this document is old enough, else merged with the next. */
  tell(event) {
    if (this.#listening(event).length === 0) {
      return;
    }
    const key = `${event.document}:${event.user}`;
    const queue = this.#waiting.get(key) ?? { sent: -Infinity, first: null, updates: [] };
    this.#waiting.set(key, queue);
    queue.first ??= event;
    queue.updates.push(event.update);
    clearTimeout(queue.timer);
    const wait = queue.sent + this.debounce - performance.now();
    if (wait <= 0) {
      this.#send(queue);
    } else {
      queue.timer = setTimeout(() => this.#send(queue), wait);
    }
  }

  /** Sends bytes as they are to all who have the document open, right or wrong. */
  frame(id, bytes) {
    this.#of(id).forEach(({ socket }) => socket.send(bytes));
  }

  /** Closes all sockets; without a code there is no goodbye. */
  close(code) {
    for (const { socket } of this.#connections) {
      if (code === undefined) {
        socket.terminate();
      } else {
        socket.close(code, code === 1001 ? 'server shutting down' : '');
      }
    }
  }

  /** How many are open. */
  count() {
    return this.#connections.size;
  }

  #of(id) {
    return [...this.#connections].filter((it) => it.document.id === id);
  }

  #send(queue) {
    const event = { ...queue.first, update: Y.mergeUpdates(queue.updates) };
    Object.assign(queue, { sent: performance.now(), first: null, updates: [] });
    const bytes = tagged(EVENT, cbor.encode(asSocketEvent(event)));
    this.#listening(event).forEach(({ socket }) => socket.send(bytes));
  }

  #listening(event) {
    return this.#of(event.channel).filter(({ subscribed }) => subscribed.has('document.updated'));
  }

  #open(socket, document, mayWrite) {
    const connection = { socket, document, subscribed: new Set() };
    this.#connections.add(connection);
    const ping = this.pingEvery > 0 ? setInterval(() => socket.ping(), this.pingEvery) : undefined;
    const onUpdate = (update) =>
      socket.send(encoded(SYNC, (encoder) => sync.writeUpdate(encoder, update)));
    document.doc.on('update', onUpdate);
    socket.on('close', () => {
      this.#connections.delete(connection);
      document.doc.off('update', onUpdate);
      clearInterval(ping);
    });
    socket.on('error', () => socket.terminate());
    socket.on('message', (bytes, isBinary) => {
      if (isBinary) {
        try {
          this.#receive(connection, decoding.createDecoder(new Uint8Array(bytes)), mayWrite);
        } catch {
          // The server writes a line into its log, and goes on.
        }
      }
    });
    socket.send(encoded(SYNC, (encoder) => sync.writeSyncStep1(encoder, document.doc)));
    socket.send(tagged(AWARENESS, new Uint8Array([0])));
    if (this.pingEvery > 0) {
      socket.ping();
    }
  }

  #receive({ socket, document, subscribed }, decoder, mayWrite) {
    const tag = decoding.readVarUint(decoder);
    switch (tag) {
      case SYNC:
        this.#sync(socket, document, decoder, mayWrite);
        break;
      case AWARENESS: {
        const update = decoding.readVarUint8Array(decoder);
        this.#of(document.id).forEach((it) => it.socket.send(tagged(AWARENESS, update)));
        break;
      }
      case QUERY_AWARENESS:
        socket.send(tagged(AWARENESS, new Uint8Array([0])));
        break;
      case SUBSCRIBE:
        strings(decoder).forEach((type) => subscribed.add(type));
        break;
      case UNSUBSCRIBE:
        strings(decoder).forEach((type) => subscribed.delete(type));
        break;
      case QUERY_SUBDOCS:
        this.#subdocs(socket, strings(decoder));
        break;
      case SYNC_STATUS:
        socket.send(tagged(SYNC_STATUS, decoding.readVarUint8Array(decoder)));
        break;
    }
  }

  #sync(socket, { doc }, decoder, mayWrite) {
    const step = decoding.readVarUint(decoder);
    const bytes = decoding.readVarUint8Array(decoder);
    if (step === sync.messageYjsSyncStep1) {
      socket.send(encoded(SYNC, (encoder) => sync.writeSyncStep2(encoder, doc, bytes)));
    } else {
      mayWrite();
      Y.applyUpdate(doc, bytes);
    }
  }

  #subdocs(socket, ids) {
    const { documents } = this.#server;
    if (ids.length === 0 || ids.length > MOST_SUBDOCS) {
      return;
    }
    const known = ids.filter((id) => documents.has(id)).map((id) => documents.load(id));
    const data = known.map(({ id, doc, seen }) => [
      id,
      { snapshot: Y.encodeSnapshot(Y.snapshot(doc)), last_seen: seen },
    ]);
    socket.send(tagged(SUBDOCS, cbor.encode({ data: Object.fromEntries(data) })));
  }
}

function strings(decoder) {
  return Array.from({ length: decoding.readVarUint(decoder) }, () =>
    decoding.readVarString(decoder),
  );
}

function encoded(tag, write) {
  const encoder = encoding.createEncoder();
  encoding.writeVarUint(encoder, tag);
  write(encoder);
  return encoding.toUint8Array(encoder);
}

function tagged(tag, bytes) {
  return encoded(tag, (encoder) => encoding.writeVarUint8Array(encoder, bytes));
}

/** Enough of a response for a socket that is no WebSocket yet. */
function onSocket(socket) {
  return {
    writeHead(status, headers) {
      const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
      socket.write(`HTTP/1.1 ${status} Refused\r\n${lines.join('')}Connection: close\r\n\r\n`);
      return this;
    },
    end: (text) => socket.end(text),
  };
}
