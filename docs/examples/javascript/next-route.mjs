// A route handler for Next.js (App Router): copy it to app/files/[...path]/route.js, and syncline.mjs
// beside it. Browsers read and save files of one workspace through it; the token stays on the server.
//
// Before you use it: decide in `personOf` who may read and write, with what your app knows of sessions.

import { Syncline, SynclineError } from "./syncline.mjs";

const LARGEST = 1_000_000;

function workspace() {
  const { SYNCLINE_URL, SYNCLINE_TOKEN, SYNCLINE_WORKSPACE } = process.env;
  if (!SYNCLINE_URL || !SYNCLINE_TOKEN || !SYNCLINE_WORKSPACE) {
    throw new Error("set SYNCLINE_URL, SYNCLINE_TOKEN and SYNCLINE_WORKSPACE");
  }
  return new Syncline(SYNCLINE_URL, SYNCLINE_TOKEN).workspace(SYNCLINE_WORKSPACE);
}

/** Who sent this request, as {name, email}; undefined if nobody who may. Lets nobody in as it is. */
async function personOf(_request) {
  return undefined;
}

/** The file, with the version to save on. */
export async function GET(request, { params }) {
  if (!(await personOf(request))) {
    return Response.json({ detail: "sign in first" }, { status: 401 });
  }
  const path = (await params).path.join("/");
  return answered(async () => {
    // The version first: if somebody saves in between, saving on it is refused, and nothing is lost.
    const { version } = await workspace().status();
    const file = await workspace().read(path);
    return file
      ? Response.json({ path, text: file.text(), version: version ?? null })
      : Response.json({ detail: `there is no file ${path}` }, { status: 404 });
  });
}

/** Saves {text, version}; 409 with both texts if somebody else saved since. */
export async function PUT(request, { params }) {
  const author = await personOf(request);
  if (!author) {
    return Response.json({ detail: "sign in first" }, { status: 401 });
  }
  const path = (await params).path.join("/");
  const body = await request.text();
  if (body.length > LARGEST) {
    return Response.json({ detail: "this file is too long" }, { status: 413 });
  }
  return answered(async () => {
    const { text, version } = JSON.parse(body);
    if (typeof text !== "string" || version === undefined) {
      return Response.json({ detail: "send text, and the version it is based on" }, { status: 400 });
    }
    const saved = await workspace().change([{ path, text }], {
      base: version ?? undefined,
      author,
      description: `Edit ${path}`,
    });
    return Response.json({ path, version: saved });
  });
}

async function answered(work) {
  try {
    return await work();
  } catch (error) {
    if (error instanceof SyntaxError) {
      return Response.json({ detail: "this is not JSON" }, { status: 400 });
    }
    if (!(error instanceof SynclineError)) {
      throw error;
    }
    const [conflict] = error.conflicts;
    const ours = conflict?.ours && (await workspace().contents(conflict.ours.content));
    return Response.json(
      {
        detail: error.message,
        ...(conflict && { version: error.version, text: ours ? new TextDecoder().decode(ours) : null }),
      },
      // That the token is wrong is our fault, not the person's.
      { status: error.kind === "denied" ? 502 : error.status },
    );
  }
}
