/** Visits of a client that keeps its documents, each a process of its own: see visitor.mjs. */
import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { server } from "./server.mjs";

const program = fileURLToPath(new URL("visitor.mjs", import.meta.url));

/**
 * Adds a note to the document at {@code url}, a new one if there is none, and returns its address when the server has it.
 *
 * @param {string} directory where the client keeps its documents
 */
export async function visit(directory, note, ...url) {
  const words = [program, server.url, note, ...url];
  const { stdout } = await promisify(execFile)(process.execPath, words, { cwd: directory });
  return stdout.trim();
}
