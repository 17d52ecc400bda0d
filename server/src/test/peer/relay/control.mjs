// What tests and benches order: a list of commands, done in order, each with what came of it.

/** @param server see server.mjs */
export function control(server) {
  const { access, documents, folders, typing, webhooks, sockets, faults, counts } = server;
  const commands = {
    channelKey: ({ folder }) => ({ key: access.channelKey(folder) }),
    webhooks: ({ hooks }) => webhooks.configure(hooks),
    webhookFaults: ({ isLost, isDoubled }) => void Object.assign(webhooks, { isLost, isDoubled }),
    fault: (fault) => faults.add(fault),
    clearFaults: () => faults.clear(),
    forget: ({ document }) => documents.forget(document),
    type: (order) => typing.start(order),
    stopTyping: () => typing.stop(),
    frame: ({ document, base64 }) => sockets.frame(document, Buffer.from(base64, 'base64')),
    closeSockets: ({ code }) => sockets.close(code),
    socketTimes: ({ pingEvery, debounce }) => void Object.assign(sockets, { pingEvery, debounce }),
    /** What waits to be sent is lost, all sockets close, and documents are loaded anew. */
    restart: () => {
      webhooks.restart();
      sockets.close(1001);
      documents.unloadAll();
    },
    counts: () => ({
      requests: counts.requests,
      webhooks: { ...webhooks.counts, queued: webhooks.queued() },
      sockets: sockets.count(),
    }),
    resetCounts: () => {
      counts.reset();
      webhooks.reset();
    },
  };
  const done = ({ do: name, ...order }) => {
    if (Object.hasOwn(commands, name)) {
      return commands[name](order);
    }
    if (Object.getOwnPropertyNames(Object.getPrototypeOf(folders)).includes(name)) {
      return folders[name](order);
    }
    throw new Error(`there is no command ${name}`);
  };
  return async (request, response) => {
    try {
      const parts = [];
      for await (const part of request) {
        parts.push(part);
      }
      const answers = [];
      for (const order of JSON.parse(Buffer.concat(parts).toString())) {
        answers.push(done(order) ?? {});
      }
      response.end(JSON.stringify(answers));
    } catch (error) {
      response.writeHead(400).end(error.stack);
    }
  };
}
