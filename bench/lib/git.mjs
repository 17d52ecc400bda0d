/** The git command line. */
import { execFile, execFileSync } from "node:child_process";
import { promisify } from "node:util";

const WHO = ["-c", "user.name=Ada", "-c", "user.email=ada@example.org", "-c", "init.defaultBranch=main"];

export const GIT = { name: git(".", "--version").replace("git version ", "git "), key: "git" };

/** Runs git in a folder and returns what it prints. */
export function git(folder, ...command) {
  return run(folder, command, undefined);
}

/** The same, with something to read. */
export function gitReading(folder, input, ...command) {
  return run(folder, command, input);
}

/** Runs git in a folder while others go on. */
export function gitLater(folder, ...command) {
  return promisify(execFile)("git", [...WHO, ...command], { cwd: folder });
}

function run(folder, command, input) {
  const options = { cwd: folder, input, encoding: "utf8", maxBuffer: 2 ** 30, stdio: ["pipe", "pipe", "pipe"] };
  return execFileSync("git", [...WHO, ...command], options).trim();
}

/** Makes a bare repository. */
export function bare(folder) {
  git(".", "init", "-q", "--bare", folder);
  return folder;
}

/** What git-fast-import reads to make one commit of many small files, a hundred in a folder. */
export function* manyFiles(count, text = (number) => `file ${number}\n`) {
  yield "commit refs/heads/main\ncommitter Ada <ada@example.org> 1700000000 +0000\ndata 0\n";
  for (let number = 0; number < count; number++) {
    const contents = text(number);
    yield `M 100644 inline ${pathOf(number)}\ndata ${Buffer.byteLength(contents)}\n${contents}\n`;
  }
}

export function pathOf(number) {
  const folder = Math.floor(number / 100);
  return `${Math.floor(folder / 100)}/${folder % 100}/${number % 100}.txt`;
}
