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

  token(id, authorization) {
    const token = randomBytes(24).toString('base64url');
    this.#tokens.set(token, { id, authorization });
    return token;
  }

  server(token) {
    if (token !== this.key) {
      throw new Refusal(401, 'Invalid token');
    }
  }

  read(token, id) {
    return this.#of(token, id);
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
    if (token === this.key || token === this.readKey) {
      return token === this.key ? 'full' : 'read-only';
    }
    const given = this.#tokens.get(token);
    if (!given) {
      throw new Refusal(401, 'Invalid token');
    }
    if (given.id !== id) {
      throw new Refusal(403, 'Token not valid for this document');
    }
    return given.authorization;
  }
}
