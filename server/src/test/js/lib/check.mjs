/** What scenarios share: waiting for something to become true, and failing with a reason. */
const PATIENCE = 60_000;

/** Waits until {@code condition} returns something true, and returns that. */
export async function eventually(what, condition) {
  const deadline = performance.now() + PATIENCE;
  for (;;) {
    const result = await condition();
    if (result) {
      return result;
    }
    if (performance.now() > deadline) {
      throw new Error(`still not so after ${PATIENCE / 1000} s: ${what}`);
    }
    await pause(10);
  }
}

/** For gaps between edits; to wait for something use {@link eventually}. */
export function pause(milliseconds) {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

/** Fails if {@code promise} is not settled in time. */
export async function soon(what, promise) {
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(`not in ${PATIENCE / 1000} s: ${what}`)), PATIENCE);
  });
  return await Promise.race([promise, late]).finally(() => clearTimeout(timer));
}

/** Runs a scenario; the process ends with it, whatever connections are left. */
export function scenario(body) {
  // In a browser a connection that is reset or refused is a close event. On Node the client's adapter throws it out of the
  // event loop.
  process.on("uncaughtException", (failure) => {
    if (!["ECONNREFUSED", "ECONNRESET", "EPIPE"].includes(failure.code)) {
      console.error(failure);
      process.exit(1);
    }
  });
  body().then(
    () => process.exit(0),
    (failure) => {
      console.error(failure);
      process.exit(1);
    },
  );
}
