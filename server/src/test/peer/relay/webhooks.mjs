// Sends webhooks as the server does: each prefix has one queue without a bound and one worker, which
// sends one after the other, each once.
import { Client } from 'undici';
import { asWebhook } from './events.mjs';

export class Webhooks {
  #hooks = [];
  isLost = false;
  isDoubled = false;
  counts = nothingCounted();

  /** @param hooks objects with prefix, url, timeout_ms and auth_token, as in relay.toml */
  configure(hooks) {
    this.restart();
    this.#hooks = hooks.map((hook) => new Hook(hook, this));
  }

  tell(event) {
    for (const hook of this.#hooks) {
      if (!this.isLost && event.channel.startsWith(hook.prefix)) {
        hook.add(event);
        if (this.isDoubled) {
          hook.add(event);
        }
      }
    }
  }

  /** What waits is gone. */
  restart() {
    this.#hooks.forEach((hook) => hook.forget());
  }

  queued() {
    return this.#hooks.reduce((sum, hook) => sum + hook.queued(), 0);
  }

  reset() {
    this.counts = nothingCounted();
  }
}

function nothingCounted() {
  return { sent: 0, answered: 0, refused: 0, failed: 0, latencies: [] };
}

class Hook {
  #queue = [];
  #next = 0;
  #isSending = false;
  #client;

  constructor({ prefix = '', url, timeout_ms: timeout = 5000, auth_token: token }, all) {
    this.prefix = prefix;
    this.all = all;
    this.timeout = timeout;
    this.url = new URL(url);
    this.request = {
      method: 'POST',
      path: this.url.pathname + this.url.search,
      headers: {
        'Content-Type': 'application/json',
        'User-Agent': 'y-sweet-webhook/1.0.0',
        ...(token ? { Authorization: `Bearer ${token}` } : {}),
      },
    };
  }

  add(event) {
    this.#queue.push(event);
    if (!this.#isSending) {
      this.#work();
    }
  }

  queued() {
    return this.#queue.length - this.#next;
  }

  forget() {
    this.#queue = [];
    this.#next = 0;
  }

  async #work() {
    this.#isSending = true;
    while (this.queued() > 0) {
      const event = this.#queue[this.#next++];
      if (this.#next > 10_000) {
        this.#queue = this.#queue.slice(this.#next);
        this.#next = 0;
      }
      const { counts } = this.all;
      counts.sent++;
      const start = performance.now();
      try {
        const status = await this.#send(asWebhook(event));
        counts[status >= 200 && status < 300 ? 'answered' : 'refused']++;
        counts.latencies.push(performance.now() - start);
      } catch {
        counts.failed++;
      }
    }
    this.#isSending = false;
  }

  async #send(body) {
    const client = (this.#client ??= new Client(this.url.origin));
    const late = setTimeout(() => {
      this.#client = undefined;
      client.destroy();
    }, this.timeout);
    try {
      const answer = await client.request({ ...this.request, body });
      await answer.body.dump();
      return answer.statusCode;
    } finally {
      clearTimeout(late);
    }
  }
}
