// The documents of the server: real yjs documents, all in memory.
import * as Y from 'yjs';

export class Documents {
  #all = new Map();
  #listeners = [];
  #isTold = true;

  /** Calls back with (document, update) after every transaction that changed a document. */
  onUpdate(listener) {
    this.#listeners.push(listener);
  }

  has(id) {
    return this.#all.has(id);
  }

  /**
   * The document. One that nobody has asked for yet becomes an empty one, and whoever loads it first
   * fixes its channel and its user for as long as it stays loaded. The channel, which is a folder, is
   * loaded with it, by nobody.
   */
  load(id, { channel = null, user = null } = {}) {
    let document = this.#all.get(id);
    if (!document) {
      document = { id, doc: new Y.Doc(), isLoaded: false, channel: null, user: null, seen: 0 };
      document.doc.on('update', (update) => this.#updated(document, update));
      this.#all.set(id, document);
    }
    if (!document.isLoaded) {
      if (channel !== null && channel !== id) {
        this.load(channel);
      }
      Object.assign(document, { isLoaded: true, channel, user });
    }
    return document;
  }

  /** As if the server had never had it. */
  forget(id) {
    this.#all.delete(id);
  }

  /** As a restart does: what is stored stays, what was only in memory is gone. */
  unloadAll() {
    for (const document of this.#all.values()) {
      document.isLoaded = false;
    }
  }

  /** Changes documents, and tells nobody. */
  quietly(change) {
    this.#isTold = false;
    try {
      return change();
    } finally {
      this.#isTold = true;
    }
  }

  #updated(document, update) {
    document.seen = Date.now();
    if (this.#isTold) {
      for (const listener of this.#listeners) {
        listener(document, update);
      }
    }
  }
}
