/** The server under test as a scenario holds it. JUnit starts and stops it; the requests go over stdin and stdout. */
import { createInterface } from "node:readline";

const replies = createInterface({ input: process.stdin })[Symbol.asyncIterator]();

async function ask(request) {
  process.stdout.write(`@ ${request}\n`);
  const { value, done } = await replies.next();
  if (done) {
    throw new Error(`nobody answers "${request}"`);
  }
  const [outcome, ...words] = value.split(" ");
  if (outcome !== "ok") {
    throw new Error(`"${request}": ${value}`);
  }
  return words.join(" ");
}

export const server = {
  url: process.env.SYNCLINE_URL,
  pid: Number(process.env.SYNCLINE_PID),

  /** Starts it on the same port and data directory, once the one before is gone. */
  async start() {
    this.pid = Number(await ask("start"));
  },

  /** Stops it as a service manager does, and waits until it is gone. */
  async stop() {
    await ask("stop");
  },

  /** Ends it in the middle of whatever it does, without waiting. */
  signal(signal) {
    process.kill(this.pid, signal);
  },

  async restart() {
    await this.stop();
    await this.start();
  },

  /** Removes everything it stored; it has to be stopped. */
  async empty() {
    await ask("empty");
  },

  /** Copies what it stored aside; it has to be stopped. */
  async save() {
    await ask("save");
  },

  /** Puts what was saved in place of what it stores; it has to be stopped. */
  async restore() {
    await ask("restore");
  },

  /** Runs a command of the program on the same data directory and returns the last line it printed. */
  async command(...words) {
    return await ask(`command ${words.join(" ")}`);
  },
};
