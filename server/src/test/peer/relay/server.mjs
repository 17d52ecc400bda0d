// A small Relay Server for tests and benches: its documents are real yjs documents, it sends webhooks
// and events as a Relay Server does, and its faults can be switched on. It prints one line of JSON
// that says where it is, and ends when its input does.
import http from 'node:http';
import { Access } from './access.mjs';
import { api, Counts, store } from './api.mjs';
import { control } from './control.mjs';
import { Documents } from './documents.mjs';
import { eventOf } from './events.mjs';
import { Faults } from './faults.mjs';
import { Folders } from './folders.mjs';
import { Sockets } from './sockets.mjs';
import { Typing } from './typing.mjs';
import { Webhooks } from './webhooks.mjs';

const documents = new Documents();
const objects = new Map();
const folders = new Folders(documents, objects);
const server = {
  documents,
  objects,
  folders,
  access: new Access(),
  faults: new Faults(),
  counts: new Counts(),
  webhooks: new Webhooks(),
  typing: new Typing(folders),
};
server.sockets = new Sockets(server);
documents.onUpdate((document, update) => {
  const event = eventOf(document, update);
  server.webhooks.tell(event);
  server.sockets.tell(event);
});

const relay = http.createServer(api(server));
relay.on('upgrade', (request, socket, head) => {
  if (request.headers.upgrade === 'websocket') {
    server.sockets.upgrade(request, socket, head);
  } else {
    readAgainWithoutUpgrade(request, socket, head);
  }
});
server.storeUrl = await listening(http.createServer(store(server)));
console.log(
  JSON.stringify({
    url: await listening(relay),
    store: server.storeUrl,
    control: await listening(http.createServer(control(server))),
    key: server.access.key,
    readKey: server.access.readKey,
  }),
);
process.stdin.resume().on('end', () => process.exit(0));

/** Java's client offers HTTP/2 with each request. A Relay Server ignores that; Node would not. */
function readAgainWithoutUpgrade({ method, url, rawHeaders }, socket, head) {
  const lines = [`${method} ${url} HTTP/1.1`];
  for (let i = 0; i < rawHeaders.length; i += 2) {
    if (rawHeaders[i].toLowerCase() !== 'upgrade') {
      lines.push(`${rawHeaders[i]}: ${rawHeaders[i + 1]}`);
    }
  }
  socket.unshift(Buffer.concat([Buffer.from(`${lines.join('\r\n')}\r\n\r\n`, 'latin1'), head]));
  relay.emit('connection', socket);
}

/** Connections stay open for as long as the other side wants. */
async function listening(made) {
  made.keepAliveTimeout = 0;
  await new Promise((resolve) => made.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${made.address().port}`;
}
