/** A forge with one repository: Git's own server, which counts what it sends, and as much of GitHub's API as a first pull request takes. */
import { spawn } from "node:child_process";
import { createServer } from "node:http";
import { dirname } from "node:path";
import { bare, git } from "./git.mjs";

const END_OF_HEAD = Buffer.from("\r\n\r\n");

/** Runs one for as long as {@code use} takes; it also serves data as the source of them has it. */
export async function withForge(folder, data, use) {
  const forge = new Forge(folder, data);
  const server = createServer((request, response) => forge.serve(request, response));
  server.listen(0, "127.0.0.1");
  await new Promise((done) => server.once("listening", done));
  forge.address = `http://127.0.0.1:${server.address().port}`;
  try {
    return await use(forge);
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

class Forge {
  sent = 0;
  requests = { git: 0, api: 0 };
  pulls = [];

  constructor(folder, data) {
    this.root = dirname(folder);
    this.folder = bare(folder);
    this.data = data;
    for (const setting of ["http.receivepack", "uploadpack.allowFilter", "uploadpack.allowAnySHA1InWant"]) {
      git(folder, "config", setting, "true");
    }
  }

  get url() {
    return `${this.address}/anna/catalogue.git`;
  }

  /** Forgets what was counted. */
  reset() {
    this.sent = 0;
    this.requests = { git: 0, api: 0 };
  }

  serve(request, response) {
    const { pathname, searchParams } = new URL(request.url, this.address);
    if (pathname.startsWith("/data/")) {
      response.end(this.data[pathname.slice("/data/".length)]);
    } else if (pathname.startsWith("/anna/catalogue.git/")) {
      this.requests.git++;
      this.git(request, response, pathname.slice("/anna".length), searchParams.toString());
    } else {
      this.requests.api++;
      this.api(request, response, pathname);
    }
  }

  git(request, response, path, query) {
    const { headers, method } = request;
    const env = {
      PATH: process.env.PATH,
      GIT_PROJECT_ROOT: this.root,
      GIT_HTTP_EXPORT_ALL: "1",
      PATH_INFO: path,
      QUERY_STRING: query,
      REQUEST_METHOD: method,
      CONTENT_TYPE: headers["content-type"] ?? "",
      HTTP_CONTENT_ENCODING: headers["content-encoding"] ?? "",
      GIT_PROTOCOL: headers["git-protocol"] ?? "",
      REMOTE_USER: "anna",
    };
    const child = spawn("git", ["http-backend"], { env, stdio: ["pipe", "pipe", "inherit"] });
    request.pipe(child.stdin);
    let head = Buffer.alloc(0);
    let isHead = true;
    child.stdout.on("data", (bytes) => {
      let rest = bytes;
      if (isHead) {
        head = Buffer.concat([head, bytes]);
        const end = head.indexOf(END_OF_HEAD);
        if (end < 0) {
          return;
        }
        isHead = false;
        for (const line of head.subarray(0, end).toString().split("\r\n")) {
          const [name, value] = line.split(": ", 2);
          if (name === "Status") {
            response.statusCode = Number.parseInt(value, 10);
          } else {
            response.setHeader(name, value);
          }
        }
        rest = head.subarray(end + END_OF_HEAD.length);
      }
      this.sent += rest.length;
      response.write(rest);
    });
    child.stdout.on("end", () => response.end());
  }

  async api(request, response, path) {
    let text = "";
    for await (const part of request) {
      text += part;
    }
    response.setHeader("Content-Type", "application/json");
    if (request.method === "GET") {
      response.end(JSON.stringify(this.pulls));
    } else if (path.endsWith("/pulls")) {
      const { title, body, head, base } = JSON.parse(text);
      const repo = { id: 1 };
      this.pulls.push({
        ...{ number: 1, state: "open", merged_at: null, html_url: `${this.address}/anna/catalogue/pull/1`, title, body },
        ...{ head: { ref: head, sha: "", repo }, base: { ref: base, sha: "", repo } },
      });
      response.writeHead(201).end(JSON.stringify(this.pulls[0]));
    } else if (request.method === "PATCH") {
      response.end(JSON.stringify(Object.assign(this.pulls[0], JSON.parse(text))));
    } else {
      response.end("[]");
    }
  }
}
