// Who may do what: a server's key may do all, a prefix's key may read, a document's token is for it.
import { randomBytes } from 'node:crypto';

export class Refusal extends Error {
  constructor(status, message) {
    super(message);
    this.status = status;
  }
}

export class Access {
  key = randomBytes(24).toString('base64url');
  readKey = randomBytes(24).toString('base64url');
  #tokens = new Map();
  #channels = new Map();

  token(id, authorization) {
    const token = randomBytes(24).toString('base64url');
    this.#tokens.set(token, { id, authorization });
    return token;
  }

  /** A key that may read everything, and names a folder as the channel of what it loads by socket. */
  channelKey(folder) {
    const key = randomBytes(24).toString('base64url');
    this.#channels.set(key, folder);
    return key;
  }

  channelOf(token) {
    return this.#channels.get(token) ?? null;
  }

  server(token) {
    if (token !== this.key) {
      throw new Refusal(401, 'Unauthorized.');
    }
  }

  read(token, id) {
    return this.#of(token, id);
  }

  /** By socket; who may only read can't make a document by asking for it. */
  open(token, id, isThere) {
    if (this.#tokens.has(token) && this.#tokens.get(token).id !== id) {
      throw new Refusal(403, 'Token not valid for this document');
    }
    if (this.#of(token, id) !== 'full' && !isThere) {
      throw new Refusal(404, `Doc ${id} not found`);
    }
  }

  write(token, id) {
    if (this.#of(token, id) !== 'full') {
      throw new Refusal(403, 'Unauthorized.');
    }
  }

  file(token) {
    if (this.#tokens.has(token)) {
      throw new Refusal(400, 'Document tokens cannot be used for file operations');
    }
    this.#of(token, '');
  }

  #of(token, id) {
    if (!token) {
      throw new Refusal(401, 'No token provided.');
    }
    if (token === this.key) {
      return 'full';
    }
    if (token === this.readKey || this.#channels.has(token)) {
      return 'read-only';
    }
    const given = this.#tokens.get(token);
    if (!given) {
      throw new Refusal(401, 'The token is not a valid format');
    }
    if (given.id !== id) {
      throw new Refusal(401, 'The token is not valid for the requested resource');
    }
    return given.authorization;
  }
}
