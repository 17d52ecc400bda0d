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
   *
   * @param {string} path
   * @param {{unless?: string, having?: {bytes: Uint8Array, tag: string}}} [known] the tag that is
   *   known, or what an earlier read gave: then only the difference travels, if this runtime can
   */
  async read(path, { unless, having } = {}) {
    const known = unless ?? having?.tag;
    const headers = { ...(known && { "if-none-match": known }), ...(await asDictionary(having)) };
    try {
      const response = await this.#request(`/files/${encodePath(path)}`, { headers });
      if (response.status === 304) {
        return undefined;
      }
      const body = new Uint8Array(await response.arrayBuffer());
      const isDelta = response.headers.get("content-encoding") === "dcz";
      const bytes = isDelta ? await undelta(body, having.bytes) : body;
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
   * @param {{path: string, text?: string, bytes?: Uint8Array, delete?: boolean,
   *   having?: {bytes: Uint8Array, tag: string}}[]} changes `having` is what an earlier read gave:
   *   then only the difference travels, if this runtime can
   * @param {{base?: string, description?: string, author?: {name: string, email?: string}}} about
   * @returns {Promise<string>} the version that has them
   */
  async change(changes, { base, description, author } = {}) {
    const listed = [];
    for (const change of changes) {
      listed.push(await this.#asJson(change));
    }
    const body = { base, description, author, changes: listed };
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

  /** A change as the API wants it; large contents go ahead of it. */
  async #asJson({ bytes, having, ...change }) {
    if (bytes === undefined) {
      return change;
    }
    return bytes.length < LARGE
      ? { ...change, base64: base64(bytes) }
      : { ...change, content: await this.#keep(bytes, having) };
  }

  /** Sends contents, and says their id. */
  async #keep(bytes, having) {
    const delta = await asDelta(bytes, having);
    if (delta) {
      try {
        return await this.#send(delta.body, delta.headers);
      } catch (error) {
        // The server lost that version, or has no memory for it now: it gets the whole.
        if (error.status !== 415 && error.status !== 503) {
          throw error;
        }
      }
    }
    return await this.#send(bytes, {});
  }

  async #send(body, headers) {
    return (await (await this.#request("/contents", { method: "POST", headers, body })).json()).content;
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

/** Larger contents are sent by themselves: in bytes. */
const LARGE = 64 << 10;

// Deltas are dcz, RFC 9842: this header, the hash of the version that they are against, a frame of Zstandard.
const MAGIC = [0x5e, 0x2a, 0x4d, 0x18, 0x20, 0, 0, 0];
const HEADER = MAGIC.length + 32;
const MOST = 32 << 20;

let zstd;

/** Node's Zstandard with dictionaries, where there is one (22.19, 24.6 and newer); others send whole files. */
function codec() {
  return (zstd ??= import("node:zlib").then(
    (zlib) => {
      try {
        const dictionary = Buffer.from("try whether dictionaries are known, or silently left out");
        const frame = zlib.zstdCompressSync(dictionary, { dictionary });
        return frame.length < dictionary.length / 2 ? zlib : undefined;
      } catch {
        return undefined;
      }
    },
    () => undefined,
  ));
}

async function asDictionary(having) {
  if (!having || having.bytes.length > MOST || !(await codec())) {
    return {};
  }
  return {
    "accept-encoding": "dcz",
    "available-dictionary": `:${base64(await sha256(having.bytes))}:`,
    "dictionary-id": `"${plainTag(having.tag)}"`,
  };
}

async function undelta(body, dictionary) {
  const zlib = await codec();
  return new Uint8Array(
    zlib.zstdDecompressSync(body.subarray(HEADER), {
      dictionary,
      params: { [zlib.constants.ZSTD_d_windowLogMax]: 25 },
      maxOutputLength: MOST,
    }),
  );
}

async function asDelta(bytes, having) {
  const zlib = having && (await codec());
  const isFit = zlib && bytes.length <= Math.min(MOST, Math.max(8 << 20, 1.25 * having.bytes.length));
  if (!isFit || having.bytes.length > MOST || startsLikeADictionary(having.bytes)) {
    return undefined;
  }
  const { ZSTD_c_compressionLevel, ZSTD_c_windowLog, ZSTD_c_hashLog, ZSTD_c_chainLog } = zlib.constants;
  const log = (size) => Math.min(25, Math.max(12, Math.ceil(Math.log2(size))));
  const table = Math.min(24, log(having.bytes.length));
  const frame = zlib.zstdCompressSync(bytes, {
    dictionary: having.bytes,
    pledgedSrcSize: bytes.length,
    params: {
      [ZSTD_c_compressionLevel]: 12,
      [ZSTD_c_windowLog]: log(bytes.length),
      [ZSTD_c_hashLog]: table,
      [ZSTD_c_chainLog]: table,
    },
  });
  return {
    body: Buffer.concat([Uint8Array.from(MAGIC), await sha256(having.bytes), frame]),
    headers: { "content-encoding": "dcz", "dictionary-id": `"${plainTag(having.tag)}"` },
  };
}

/** Zstandard would take such bytes for a dictionary of its own form. */
function startsLikeADictionary(bytes) {
  return [0x37, 0xa4, 0x30, 0xec].every((byte, at) => bytes[at] === byte);
}

async function sha256(bytes) {
  return new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
}

function plainTag(tag) {
  return tag.replace(/^W\//, "").replaceAll('"', "");
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
