// A client of Syncline's HTTP API (docs/api.md) in one file, without dependencies.
// For servers: the token may do everything, so that it must not reach a browser.

/** A request that was refused, or could not be answered. */
export class SynclineError extends Error {
  constructor(status, problem) {
    super(problem.detail ?? `the server answered with status ${status}`);
    this.name = "SynclineError";
    this.status = status;
    /** What to do about it: invalid, moved, denied, unavailable, corrupt or bug. */
    this.kind = problem.kind ?? (status >= 500 ? "unavailable" : "invalid");
    /** Of a change that was refused: each file that moved, as {path, base?, ours?, theirs?}. */
    this.conflicts = problem.conflicts ?? [];
    /** The newest version, to decide on again. */
    this.version = problem.version;
  }
}

/** A server. */
export class Syncline {
  #root;
  #token;
  #fetch;

  /**
   * @param {string} address such as https://sync.example.org
   * @param {string} token of scope admin
   * @param {typeof fetch} [fetchWith] what sends requests
   */
  constructor(address, token, fetchWith = (...given) => fetch(...given)) {
    this.#root = `${address.replace(/\/+$/, "")}/api/v1/workspaces`;
    this.#token = token;
    this.#fetch = fetchWith;
  }

  /** The names of all workspaces. */
  async names() {
    return (await (await this.request("")).json()).workspaces;
  }

  workspace(name) {
    return new Workspace(this, `/${encodeURIComponent(name)}`);
  }

  /** Sends a request; throws a SynclineError unless the answer is 2xx, or 304. */
  async request(path, { headers = {}, ...init } = {}) {
    const response = await this.#fetch(this.#root + path, {
      ...init,
      headers: { ...headers, authorization: `Bearer ${this.#token}` },
    });
    if (!response.ok && response.status !== 304) {
      throw new SynclineError(response.status, await response.json().catch(() => ({})));
    }
    return response;
  }
}

/** The files of a workspace. */
class Workspace {
  #server;
  #at;

  constructor(server, at) {
    this.#server = server;
    this.#at = at;
  }

  /** How the workspace and its links are. */
  async status() {
    return (await this.#request("")).json();
  }

  /**
   * A file's bytes and tag; undefined if there is no such file, or if it still has the tag that is
   * known. Every other failure is thrown.
   */
  async read(path, { unless } = {}) {
    const headers = unless ? { "if-none-match": unless } : {};
    try {
      const response = await this.#request(`/files/${encodePath(path)}`, { headers });
      if (response.status === 304) {
        return undefined;
      }
      const bytes = new Uint8Array(await response.arrayBuffer());
      return { bytes, tag: response.headers.get("etag"), text: () => new TextDecoder().decode(bytes) };
    } catch (error) {
      if (error instanceof SynclineError && error.status === 404) {
        return undefined;
      }
      throw error;
    }
  }

  /** Every file, of a folder if one is named, in the order of paths. */
  async *files({ prefix = "" } = {}) {
    let after = "";
    do {
      const query = new URLSearchParams({ prefix, limit: "1000", ...(after && { after }) });
      const page = await (await this.#request(`/files?${query}`)).json();
      yield* page.files;
      after = page.next;
    } while (after);
  }

  /**
   * Makes changes one version, or none of them.
   *
   * @param {{path: string, text?: string, bytes?: Uint8Array, delete?: boolean}[]} changes
   * @param {{base?: string, description?: string, author?: {name: string, email?: string}}} about
   * @returns {Promise<string>} the version that has them
   */
  async change(changes, { base, description, author } = {}) {
    const body = { base, description, author, changes: changes.map(asJson) };
    return (await (await this.#post("/changes", body)).json()).version;
  }

  /** Contents by their id, as conflicts name them. */
  async contents(id) {
    return new Uint8Array(await (await this.#request(`/contents/${id}`)).arrayBuffer());
  }

  /** Tells that branches of the workspace's repositories may have moved. */
  async signal() {
    return (await (await this.#request("/signal", { method: "POST" })).json()).links;
  }

  /**
   * What happens from now on, or since a version, as {name, id?, data}. Comes back by itself when the
   * connection breaks; ends with the signal, and throws if the server refuses.
   */
  async *events({ since, signal, pause = 1000 } = {}) {
    let last = since;
    while (!signal?.aborted) {
      try {
        const headers = last ? { "last-event-id": last } : {};
        const response = await this.#request("/events", { headers, signal });
        for await (const event of parsed(response.body)) {
          last = event.id ?? last;
          yield event;
        }
      } catch (error) {
        if (signal?.aborted) {
          return;
        }
        if (error instanceof SynclineError && error.kind !== "unavailable") {
          throw error;
        }
      }
      await rest(pause, signal);
    }
  }

  #request(path, init) {
    return this.#server.request(this.#at + path, init);
  }

  #post(path, body) {
    return this.#request(path, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
    });
  }
}

function encodePath(path) {
  return path.split("/").map(encodeURIComponent).join("/");
}

function asJson({ bytes, ...change }) {
  return bytes === undefined ? change : { ...change, base64: base64(bytes) };
}

function base64(bytes) {
  let binary = "";
  for (const byte of bytes) {
    binary += String.fromCharCode(byte);
  }
  return btoa(binary);
}

/** Events of a stream, as the HTML standard reads them; comments are dropped. */
async function* parsed(body) {
  const decoder = new TextDecoder();
  let rest = "";
  for await (const chunk of body) {
    const events = (rest + decoder.decode(chunk, { stream: true })).split("\n\n");
    rest = events.pop();
    for (const event of events) {
      const fields = Object.fromEntries(
        event
          .split("\n")
          .filter((line) => line && !line.startsWith(":"))
          .map((line) => line.match(/^([^:]*): ?(.*)$/).slice(1)),
      );
      if (fields.data) {
        yield { name: fields.event, id: fields.id, data: JSON.parse(fields.data) };
      }
    }
  }
}

function rest(millis, signal) {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, millis);
    signal?.addEventListener("abort", () => (clearTimeout(timer), resolve()), { once: true });
  });
}
