/**
 * Documents of real Yjs implementations, driven line by line: each line on stdin is a request as
 * JSON, each line on stdout its answer.
 */
import { createInterface } from "node:readline";
import * as Y from "yjs";
import * as yrs from "ywasm";

const hex = (bytes) => Buffer.from(bytes).toString("hex");
const bytes = (text) => new Uint8Array(Buffer.from(text, "hex"));

/** JSON with the keys of objects in order. */
function canonical(value) {
  return JSON.stringify(value, (_, inner) =>
    inner !== null && typeof inner === "object" && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}

class YjsDocument {
  constructor(client) {
    this.doc = new Y.Doc();
    this.doc.clientID = client;
    this.text = this.doc.getText("text");
    this.map = this.doc.getMap("map");
    this.list = this.doc.getArray("list");
    this.nested = () => new Y.Text();
    this.updates = [];
    this.doc.on("update", (update) => this.updates.push(update));
  }

  edit(step) {
    this.updates = [];
    this.doc.transact(() => step());
    return this.updates.length === 0 ? null : hex(Y.mergeUpdates(this.updates));
  }

  apply(update) {
    Y.applyUpdate(this.doc, update);
  }

  state() {
    return Y.encodeStateAsUpdate(this.doc);
  }

  read() {
    return { text: this.text.toString(), map: this.map.toJSON(), list: this.list.toJSON() };
  }
}

class YrsDocument {
  constructor(client) {
    this.doc = new yrs.YDoc({ clientID: client });
    this.text = this.doc.getText("text");
    this.map = this.doc.getMap("map");
    this.list = this.doc.getArray("list");
    this.nested = () => new yrs.YText();
  }

  edit(step) {
    const before = yrs.encodeStateVector(this.doc);
    step();
    return hex(yrs.encodeStateAsUpdate(this.doc, before));
  }

  apply(update) {
    yrs.applyUpdate(this.doc, update);
  }

  state() {
    return yrs.encodeStateAsUpdate(this.doc);
  }

  read() {
    return { text: this.text.toString(), map: this.map.toJson(), list: this.list.toJson() };
  }
}

/** One edit, wherever its numbers point to now. */
function step(document, [kind, first, second]) {
  const { text, map, list } = document;
  const within = (number, length) => number % (length + 1);
  switch (kind) {
    case "insert":
      return text.insert(within(first, text.length), second);
    case "delete": {
      const from = within(first, text.length);
      return text.delete(from, Math.min(second, text.length - from));
    }
    case "set":
      return map.set(first, second);
    case "unset":
      return map.delete(first);
    case "nest": {
      map.set(first, document.nested());
      return map.get(first).insert(0, second);
    }
    case "add":
      return list.insert(within(first, list.length), second);
    case "cut": {
      const from = within(first, list.length);
      return list.delete(from, Math.min(second, list.length - from));
    }
    default:
      throw new Error(`no such step: ${kind}`);
  }
}

const documents = new Map();
const answers = {
  make({ name, kind, client }) {
    documents.set(name, kind === "yjs" ? new YjsDocument(client) : new YrsDocument(client));
    return null;
  },
  edit({ name, step: given }) {
    const document = documents.get(name);
    return document.edit(() => step(document, given));
  },
  apply({ name, update }) {
    documents.get(name).apply(bytes(update));
    return null;
  },
  read({ name }) {
    return canonical(documents.get(name).read());
  },
  state({ name }) {
    return hex(documents.get(name).state());
  },
  merge({ updates }) {
    return hex(Y.mergeUpdates(updates.map(bytes)));
  },
};

for await (const line of createInterface({ input: process.stdin })) {
  const request = JSON.parse(line);
  process.stdout.write(`${answers[request.do](request) ?? ""}\n`);
}
