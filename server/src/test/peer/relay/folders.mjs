// What a client of the server would do to shared folders, notes and canvases.
import { createHash, randomInt, randomUUID } from 'node:crypto';
import * as Y from 'yjs';

/** The client that the server is in its documents. */
const SERVER = randomInt(2 ** 32);

export class Folders {
  #clients = new Map();
  #homes = new Map();

  /** @param objects Map of id/hash to bytes: where attachments are */
  constructor(documents, objects) {
    this.documents = documents;
    this.objects = objects;
  }

  folder({ folder, user }) {
    this.#load(folder, folder, user);
  }

  /** A note; without a text it is listed only, since nobody has uploaded it yet. */
  note({ folder, path, id, text, user }) {
    if (text !== undefined) {
      this.text({ note: this.#idOf(folder, id), folder, text, user });
    }
    this.#list(folder, user, path, { version: 0, id, type: 'markdown' });
  }

  /** A note as an old client lists it. */
  oldNote({ folder, path, id, text, user }) {
    if (text !== undefined) {
      this.text({ note: this.#idOf(folder, id), folder, text, user });
    }
    this.#change(folder, folder, user, (doc) => doc.getMap('docs').set(path, id));
  }

  /** Nodes and edges are plain objects; what is typed into a node is in texts, by the node's id. */
  canvas({ folder, path, id, nodes = [], edges = [], texts = {}, user }) {
    this.#change(this.#idOf(folder, id), folder, user, (doc) => {
      nodes.forEach((node) => doc.getMap('nodes').set(node.id, node));
      edges.forEach((edge) => doc.getMap('edges').set(edge.id, edge));
      Object.entries(texts).forEach(([node, text]) => replace(doc.getText(node), text));
    });
    this.#list(folder, user, path, { version: 0, id, type: 'canvas' });
  }

  /** An attachment; listed without its hash, or with nothing in the store, if so wanted. */
  attachment({ folder, path, id, base64, type = 'image', mimetype = 'image/png', user, ...is }) {
    const { isUploaded = true, isStored = true } = is;
    const bytes = Buffer.from(base64, 'base64');
    const hash = createHash('sha256').update(bytes).digest('hex');
    if (isStored) {
      this.objects.set(`${this.#idOf(folder, id)}/${hash}`, bytes);
    }
    const uploaded = isUploaded ? { hash, mimetype, synctime: Date.now() } : {};
    this.#list(folder, user, path, { version: 0, id, type, ...uploaded });
    return { hash };
  }

  folderEntry({ folder, path, id = randomUUID(), user }) {
    this.#list(folder, user, path, { version: 0, id, type: 'folder' });
  }

  /** Deletes so many UTF-16 units of a note there, and inserts. */
  edit({ note, at = 0, delete: count = 0, insert = '', user }) {
    this.#change(note, null, user, (doc) => {
      const text = doc.getText('contents');
      text.delete(at, count);
      text.insert(at, insert);
    });
  }

  text({ note, folder = null, text, user }) {
    this.#change(note, folder, user, (doc) => replace(doc.getText('contents'), text));
  }

  /** Sets a node or an edge of a canvas, and what is typed into the node. */
  canvasEdit({ canvas, node, edge, text, user }) {
    this.#change(canvas, null, user, (doc) => {
      if (node) {
        doc.getMap('nodes').set(node.id, node);
      }
      if (edge) {
        doc.getMap('edges').set(edge.id, edge);
      }
      if (text) {
        replace(doc.getText(text.node), text.text);
      }
    });
  }

  canvasDelete({ canvas, id, user }) {
    this.#change(canvas, null, user, (doc) => {
      doc.getMap('nodes').delete(id);
      doc.getMap('edges').delete(id);
    });
  }

  delete({ folder, path, user }) {
    this.#change(folder, folder, user, (doc) => listsOf(doc).forEach((list) => list.delete(path)));
  }

  rename({ folder, from, to, user }) {
    this.#change(folder, folder, user, (doc) => {
      for (const list of listsOf(doc).filter((it) => it.has(from))) {
        list.set(to, list.get(from));
        list.delete(from);
      }
    });
  }

  /** Puts entries into a folder's list as they are, whatever they are. */
  meta({ folder, entries, user }) {
    this.#change(folder, folder, user, (doc) => {
      Object.entries(entries).forEach(([key, value]) => doc.getMap('filemeta_v0').set(key, value));
    });
  }

  /** All keys of a folder's lists are gone. */
  wipe({ folder, user }) {
    this.#change(folder, folder, user, (doc) => listsOf(doc).forEach((list) => list.clear()));
  }

  /** Many notes of about so many bytes, without an event; answers their ids. */
  seed({ folder, notes, bytes, at = '/seed', inOneFolder = 100 }) {
    return this.documents.quietly(() => {
      const line = 'The quick brown fox jumps over the lazy dog, and writes it down.\n';
      const body = line.repeat(Math.ceil(bytes / line.length)).slice(0, bytes);
      const ids = Array.from({ length: notes }, () => randomUUID());
      ids.forEach((id, i) => this.text({ note: this.#idOf(folder, id), folder, text: `${i}\n${body}` }));
      this.#change(folder, folder, undefined, (doc) => {
        const list = doc.getMap('filemeta_v0');
        ids.forEach((id, i) => {
          const path = `${at}/${Math.floor(i / inOneFolder)}/note ${i}.md`;
          list.set(path, { version: 0, id, type: 'markdown' });
        });
      });
      return { ids };
    });
  }

  /** The texts of a folder's notes, by path. */
  texts({ folder }) {
    const list = this.documents.load(folder).doc.getMap('filemeta_v0').toJSON();
    const texts = Object.entries(list).map(([path, { id }]) => [
      path,
      this.documents.load(this.#idOf(folder, id)).doc.getText('contents').toString(),
    ]);
    return { texts: Object.fromEntries(texts) };
  }

  #idOf(folder, resource) {
    return `${folder.slice(0, 36)}-${resource}`;
  }

  #list(folder, user, path, entry) {
    this.#change(folder, folder, user, (doc) => doc.getMap('filemeta_v0').set(path, entry));
  }

  /** Clients load a document with a token that names its folder. */
  #load(id, folder, user) {
    if (folder !== null) {
      this.#homes.set(id, folder);
    }
    const channel = this.#homes.get(id) ?? null;
    return this.documents.load(id, { channel, user: user ?? null });
  }

  /** One transaction by a user, whose first one in a document is followed by the server's own. */
  #change(id, folder, user, change) {
    const { doc } = this.#load(id, folder, user);
    if (user === undefined) {
      doc.transact(() => change(doc));
      return;
    }
    const client = this.#clientOf(user);
    doc.clientID = client;
    doc.transact(() => change(doc));
    if (Y.getState(doc.store, client) > 0) {
      register(doc, user, client);
    }
  }

  #clientOf(user) {
    if (!this.#clients.has(user)) {
      this.#clients.set(user, randomInt(2 ** 32));
    }
    return this.#clients.get(user);
  }
}

function listsOf(doc) {
  return [doc.getMap('filemeta_v0'), ...(doc.share.has('docs') ? [doc.getMap('docs')] : [])];
}

function replace(text, by) {
  text.delete(0, text.length);
  text.insert(0, by);
}

/** Which client is whose, in the form of yjs's PermanentUserData, written by the server itself. */
function register(doc, user, client) {
  const users = doc.getMap('users');
  if (users.get(user)?.get('ids').toArray().includes(client)) {
    return;
  }
  doc.clientID = SERVER;
  doc.transact(() => {
    const known = users.get(user) ?? users.set(user, new Y.Map());
    if (!known.has('ids')) {
      known.set('ids', new Y.Array());
      known.set('ds', new Y.Array());
    }
    known.get('ids').push([client]);
  });
}
