// What clients ask by HTTP, and the store behind it that has the attachments.
import { randomUUID } from 'node:crypto';
import * as Y from 'yjs';
import { Refusal } from './access.mjs';

const ROUTES = [
  ['GET', /^\/ready$/, 'ready'],
  ['POST', /^\/doc\/new$/, 'new'],
  ['POST', /^\/doc\/([\w-]+)\/auth$/, 'auth'],
  ['GET', /^\/d\/([\w-]+)\/as-update$/, 'as-update'],
  ['POST', /^\/d\/([\w-]+)\/update$/, 'update'],
  ['GET', /^\/f\/([\w-]+)\/download-url$/, 'download-url'],
];
const TEXT = { 'Content-Type': 'text/plain; charset=utf-8', 'relay-server-version': '0.9.6' };
const JSON_TYPE = { ...TEXT, 'Content-Type': 'application/json' };

/** Counts requests and bytes by route and document. */
export class Counts {
  requests = {};

  add(route, id, bytes) {
    const ofRoute = (this.requests[route] ??= {});
    const counted = (ofRoute[id] ??= { requests: 0, bytes: 0 });
    counted.requests++;
    counted.bytes += bytes;
  }

  reset() {
    this.requests = {};
  }
}

/** @param server has documents, access, faults, counts, and objects: Map of id/hash to bytes */
export function api(server) {
  return async (request, response) => {
    const url = new URL(request.url, `http://${request.headers.host}`);
    const [route, id] = routeOf(request.method, url.pathname);
    let bytes = 0;
    try {
      const body = await wholeBody(request);
      if (!(await server.faults.before(url.pathname, response))) {
        if (server.faults.refuses(url.pathname)) {
          throw new Refusal(401, 'Invalid token');
        }
        const token = /^Bearer (.+)/.exec(request.headers.authorization)?.[1];
        const [headers, answer] = answerTo(server, { route, id, url, token, body });
        bytes = server.faults.send(url.pathname, response, headers, answer);
      }
    } catch (error) {
      const text = error.message && `Something went wrong: ${error.message}`;
      response.writeHead(error.status ?? 500, TEXT).end(text);
    }
    server.counts.add(route, id, bytes);
  };
}

function routeOf(method, path) {
  for (const [of, pattern, route] of ROUTES) {
    const match = pattern.exec(path);
    if (match && of === method) {
      return [route, match[1] ?? ''];
    }
  }
  return ['unknown', ''];
}

async function wholeBody(request) {
  const parts = [];
  for await (const part of request) {
    parts.push(part);
  }
  return Buffer.concat(parts);
}

function answerTo(server, { route, id, url, token, body }) {
  const { documents, access } = server;
  const json = (value) => [JSON_TYPE, Buffer.from(JSON.stringify(value))];
  switch (route) {
    case 'ready':
      return json({ ok: true });
    case 'new': {
      access.server(token);
      const docId = asked(body).docId ?? randomUUID();
      documents.load(docId);
      return json({ docId });
    }
    case 'auth': {
      access.server(token);
      if (!documents.has(id)) {
        throw new Refusal(404, `Doc ${id} not found`);
      }
      const { authorization = 'full' } = asked(body);
      return json({
        url: `ws://${url.host}/d/${id}/ws`,
        baseUrl: `http://${url.host}/d/${id}`,
        docId: id,
        token: access.token(id, authorization),
        authorization,
      });
    }
    case 'as-update': {
      access.read(token, id);
      const update = Y.encodeStateAsUpdate(documents.load(id).doc);
      return [{ ...TEXT, 'Content-Type': 'application/octet-stream' }, Buffer.from(update)];
    }
    case 'update':
      access.write(token, id);
      Y.applyUpdate(documents.load(id).doc, body);
      return [TEXT, Buffer.alloc(0)];
    case 'download-url': {
      access.file(token);
      const hash = url.searchParams.get('hash') ?? '';
      if (!/^[0-9a-f]{64}$/.test(hash)) {
        throw new Refusal(400, 'Invalid file hash');
      }
      return json({ downloadUrl: `${server.storeUrl}/files/${id}/${hash}?signature=s1gned` });
    }
    default:
      throw new Refusal(404, '');
  }
}

function asked(body) {
  return body.length === 0 ? {} : JSON.parse(body.toString());
}

/** What a signed URL leads to. It wants no other credential, as S3 does. */
export function store(server) {
  return async (request, response) => {
    const path = new URL(request.url, server.storeUrl).pathname;
    const object = server.objects.get(path.replace('/files/', ''));
    let bytes = 0;
    if (!(await server.faults.before(path, response))) {
      if (request.headers.authorization !== undefined) {
        response.writeHead(400, TEXT).end('Only one auth mechanism allowed');
      } else if (object === undefined) {
        response.writeHead(404, TEXT).end('NoSuchKey');
      } else {
        bytes = server.faults.send(path, response, {}, object);
      }
    }
    server.counts.add('store', path.split('/')[2] ?? '', bytes);
  };
}
