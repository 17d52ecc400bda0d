// What can be wrong with the server, until somebody takes it back.

export class Faults {
  #all = [];

  /**
   * @param fault at: the beginning of the paths that it is for; kind: one of
   *   status (status, retryAfter in seconds), delay (ms), hang, cut (half of the body), body (base64,
   *   in place of the right one), refuse (the key); times: how often, or for ever
   */
  add({ at = '', times = Infinity, ...fault }) {
    this.#all.push({ at, times, ...fault });
  }

  clear() {
    this.#all = [];
  }

  /** Answers a request as a fault wants it; true if nothing is left to be done. */
  async before(path, response) {
    const delay = this.#take(path, 'delay');
    if (delay) {
      await new Promise((resolve) => setTimeout(resolve, delay.ms));
    }
    if (this.#take(path, 'hang')) {
      return true;
    }
    const status = this.#take(path, 'status');
    if (status) {
      const headers = { 'Content-Type': 'text/plain; charset=utf-8' };
      if (status.retryAfter !== undefined) {
        headers['Retry-After'] = String(status.retryAfter);
      }
      response.writeHead(status.status, headers).end('Something went wrong: a fault');
    }
    return Boolean(status);
  }

  refuses(path) {
    return Boolean(this.#take(path, 'refuse'));
  }

  /** Sends a body, or what is left of it. */
  send(path, response, headers, body) {
    const other = this.#take(path, 'body');
    const bytes = other ? Buffer.from(other.base64, 'base64') : body;
    if (this.#take(path, 'cut')) {
      response.writeHead(200, { ...headers, 'Content-Length': bytes.length + 1 });
      const half = bytes.subarray(0, Math.ceil(bytes.length / 2));
      response.write(half, () => response.destroy());
      return half.length;
    }
    response.writeHead(200, { ...headers, 'Content-Length': bytes.length }).end(bytes);
    return bytes.length;
  }

  #take(path, kind) {
    const fault = this.#all.find((it) => it.kind === kind && it.times > 0 && path.startsWith(it.at));
    if (fault) {
      fault.times--;
    }
    return fault;
  }
}
