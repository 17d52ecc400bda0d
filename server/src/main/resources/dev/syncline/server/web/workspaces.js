// Shows workspaces and lets a person settle what waits. All it knows comes from the API, and all of it
// is put in as text: nothing that a file or a host says can become part of the page.
const $ = id => document.getElementById(id);
const API = "api/v1/workspaces";
const TONES = { idle: "good", syncing: "good", waiting: "good", held: "mind", conflict: "mind", paused: "mind" };
const LARGEST = 200_000;

let chosen = "";
let feed = new AbortController();
let shown = 0;

const token = () => sessionStorage.getItem("token") ?? "";

function say(text, tone = "") {
  $("message").textContent = text;
  $("message").className = tone;
}

async function ask(path, options = {}) {
  const answer = await fetch(API + path, {
    ...options,
    headers: { Authorization: `Bearer ${token()}`, ...(options.body ? { "Content-Type": "application/json" } : {}) },
  });
  if (answer.ok) return answer;
  const problem = await answer.json().catch(() => ({ detail: `the server answered ${answer.status}` }));
  throw Object.assign(new Error(problem.detail), { status: answer.status });
}

const json = async path => (await ask(path)).json();

/** Makes an element; children are elements or text. */
function make(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (key.startsWith("on")) made.addEventListener(key.slice(2), value);
    else made.setAttribute(key, value);
  }
  made.append(...children);
  return made;
}

function button(label, work) {
  const made = make("button", { type: "button" }, label);
  made.addEventListener("click", async () => {
    made.disabled = true;
    try {
      say(await work() ?? "");
    } catch (e) {
      say(e.message, "bad");
    }
    made.disabled = false;
    await show();
  });
  return made;
}

const post = (path, body) => ask(path, { method: "POST", body: body ? JSON.stringify(body) : undefined });

const word = condition => make("span", { class: `word ${TONES[condition] ?? "bad"}` }, condition);

function ago(moment, now) {
  if (!moment) return "never";
  const seconds = Math.round((Date.parse(now) - Date.parse(moment)) / 1000);
  const [number, unit] = Math.abs(seconds) < 120 ? [seconds, "s"]
    : Math.abs(seconds) < 7200 ? [Math.round(seconds / 60), "min"] : [Math.round(seconds / 3600), "h"];
  return number < 0 ? `in ${-number} ${unit}` : `${number} ${unit} ago`;
}

function link(name, it, now) {
  const at = `/${name}/`;
  const numbers = [
    `equal ${ago(it.equalSince, now)}`,
    `last in ${ago(it.lastIn, now)}, out ${ago(it.lastOut, now)}`,
    `${it.totals.syncs} runs, ${it.totals.failures} failed, ${it.totals.averageMillis} ms on average`,
  ];
  if (it.nextTry) numbers.push(`next try ${ago(it.nextTry, now)}`);
  if (it.conflicts) numbers.push(`${it.conflicts} in conflict`);
  const entry = make("li", {},
    make("div", { class: "row" }, make("span", {}, make("strong", {}, it.link), " ", word(it.condition)),
      make("span", { class: "quiet place" }, it.place)),
    make("p", {}, it.reason || ""),
    make("p", { class: "quiet numbers" }, numbers.join(" · ")));
  const buttons = make("div", { class: "buttons" });
  if (it.condition === "held" && it.lastRun) {
    const run = it.lastRun.run;
    entry.append(make("p", {}, "To let it go on: ", make("code", {}, `syncline approve ${run} --workspace ${name}`)));
    buttons.append(button("Approve", async () => {
      if (!confirm(`Let this run go on?\n\n${it.reason}`)) return "";
      await post(`${at}runs/${run}/approve`);
      return "Approved.";
    }));
  }
  if (it.condition === "paused") {
    buttons.append(button("Resume", async () => { await post(`${at}resume?link=${it.link}`); }));
  } else {
    buttons.append(
      button("Sync now", async () => { await post(`${at}sync?link=${it.link}`); }),
      button("Pause", async () => { await post(`${at}pause?link=${it.link}`); }));
  }
  entry.append(buttons);
  return entry;
}

async function contents(path) {
  try {
    const bytes = new Uint8Array(await (await ask(path)).arrayBuffer());
    if (bytes.length > LARGEST) return { note: `${bytes.length} bytes: too long to show` };
    try {
      return { text: new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes) };
    } catch {
      return { note: `${bytes.length} bytes that are no text` };
    }
  } catch (e) {
    if (e.status === 404) return { note: "no file" };
    throw e;
  }
}

function person() {
  const known = localStorage.getItem("person") ?? "";
  const name = known || prompt("Your name, for the history:")?.trim();
  if (!name) throw new Error("Nothing was done: an answer is recorded under a name.");
  localStorage.setItem("person", name);
  return { name, email: "" };
}

function conflict(name, it) {
  const at = `/${name}/conflicts/${it.id}`;
  const seen = { ours: it.ours?.content ?? null, theirs: it.theirs?.content ?? null };
  const answer = what => async () => {
    await post(at, { seen, author: person(), ...what() });
    return `${it.path} is settled.`;
  };
  const body = make("div");
  const details = make("details", { id: `conflict-${it.id}` },
    make("summary", {}, make("strong", {}, it.path), ` at ${it.link}: ${it.reason}`),
    make("p", { class: "quiet" }, `theirs by ${it.theirsBy.name}, waiting since ${it.since.slice(0, 16).replace("T", " ")} UTC`),
    body);
  details.addEventListener("toggle", async () => {
    if (!details.open || body.childElementCount) return;
    try {
      const sides = {};
      for (const side of ["base", "ours", "theirs"]) sides[side] = await contents(`${at}/${side}`);
      const edited = make("textarea", { "aria-label": `Contents of ${it.path}`, spellcheck: "false" });
      edited.value = sides.ours.text ?? sides.theirs.text ?? "";
      const editor = make("div", { hidden: "" }, edited,
        make("div", { class: "buttons" }, button("Save this", answer(() => ({ text: edited.value })))));
      const isText = Object.values(sides).some(side => side.text !== undefined);
      const edit = make("button", { type: "button", onclick: () => { editor.hidden = false; edited.focus(); } }, "Edit");
      edit.hidden = !isText;
      body.append(
        make("div", { class: "sides" }, ...Object.entries(sides).map(([side, it]) => make("section", {},
          make("h4", {}, { base: "Base: before both", ours: "Ours: in the history", theirs: "Theirs: at the place" }[side]),
          it.text === undefined ? make("p", { class: "quiet" }, it.note) : make("pre", { tabindex: "0" }, it.text)))),
        make("div", { class: "buttons" },
          button("Take ours", answer(() => ({ choose: "ours" }))),
          button("Take theirs", answer(() => ({ choose: "theirs" }))),
          button("Keep both", answer(() => ({ choose: "both" }))), edit),
        editor);
    } catch (e) {
      say(e.message, "bad");
    }
  });
  return make("li", {}, details);
}

function run(it) {
  const reason = it.outcome.reason ? `: ${it.outcome.reason}` : "";
  return make("li", { class: "row" },
    make("span", {}, `${it.link}: ${it.work.toLedger} in, ${it.work.toEndpoint} out, ${it.outcome.kind}${reason}`),
    make("span", { class: "quiet numbers" }, `${it.started.slice(0, 19).replace("T", " ")} UTC`));
}

/** Whoever reads or edits a conflict keeps it open, as long as it waits. */
function keepOpen(fresh) {
  for (const old of document.querySelectorAll("details[open]")) {
    fresh.querySelector(`#${CSS.escape(old.id)}`)?.replaceWith(old);
  }
}

async function show() {
  const mine = ++shown;
  const names = (await json("")).workspaces;
  if (!names.includes(chosen)) choose(names[0] ?? "");
  const states = await Promise.all(names.map(name => json(`/${name}`).catch(e => ({ workspace: name, error: e.message }))));
  const [waiting, runs] = chosen
    ? await Promise.all([json(`/${chosen}/conflicts`).catch(() => null), json(`/${chosen}/runs?limit=10`).catch(() => null)]) : [];
  if (mine !== shown) return; // a newer answer is on its way
  $("names").hidden = names.length < 2;
  $("names").replaceChildren(...states.map(state => make("li", {},
    make("a", { href: `#${state.workspace}`, ...(state.workspace === chosen ? { "aria-current": "page" } : {}) }, state.workspace), " ",
    ...(state.links ?? []).flatMap(it => [word(it.condition), " "]))));
  const state = states.find(it => it.workspace === chosen);
  const fresh = make("div", { id: "workspace" });
  if (!state) {
    fresh.append(make("p", {}, "There is no workspace yet: make one with ", make("code", {}, "syncline init"), "."));
  } else if (state.error) {
    fresh.append(make("h2", {}, chosen), make("p", { class: "bad" }, state.error));
  } else {
    fresh.append(
      make("h2", {}, chosen),
      make("p", { class: "quiet" }, state.version ? `at ${state.version.slice(0, 10)}` : "no version yet"),
      make("ul", {}, ...state.links.map(it => link(chosen, it, state.at))));
    const all = waiting?.conflicts ?? [];
    fresh.append(make("h3", {}, `Conflicts (${all.length})`),
      all.length ? make("ul", {}, ...all.map(it => conflict(chosen, it))) : make("p", { class: "quiet" }, "None waits."));
    fresh.append(make("h3", {}, "Recent runs"), make("ul", {}, ...(runs?.runs ?? []).map(run)));
  }
  keepOpen(fresh);
  $("workspace").replaceWith(fresh);
}

/** Follows the workspace's events; EventSource can't send a token. */
async function follow(name, signal) {
  while (!signal.aborted) {
    try {
      const answer = await ask(`/${name}/events`, { signal });
      const reader = answer.body.getReader();
      for (let part = await reader.read(); !part.done; part = await reader.read()) {
        if (new TextDecoder().decode(part.value).includes("event:")) later();
      }
    } catch (e) {
      if (signal.aborted) return;
    }
    await new Promise(wake => setTimeout(wake, 3000));
    if (!signal.aborted) later();
  }
}

let timer;
function later() {
  clearTimeout(timer);
  timer = setTimeout(() => show().then(() => say(""), e => say(e.message, "bad")), 200);
}

function choose(name) {
  if (name === chosen) return;
  chosen = name;
  feed.abort();
  feed = new AbortController();
  if (name) follow(name, feed.signal);
}

async function enter() {
  try {
    await show();
    $("enter").hidden = true;
    $("leave").hidden = false;
    say("");
  } catch (e) {
    if (e.status === 401 || e.status === 403) leave();
    say(e.message, "bad");
  }
}

function leave() {
  sessionStorage.removeItem("token");
  choose("");
  $("names").hidden = true;
  $("workspace").replaceChildren();
  $("enter").hidden = false;
  $("leave").hidden = true;
  $("token").focus();
}

$("enter").addEventListener("submit", event => {
  event.preventDefault();
  sessionStorage.setItem("token", $("token").value.trim());
  $("token").value = "";
  enter();
});
$("leave").addEventListener("click", () => { leave(); say(""); });
addEventListener("hashchange", () => { choose(decodeURIComponent(location.hash.slice(1))); later(); });
setInterval(() => { if (token() && !document.hidden && $("enter").hidden) later(); }, 30_000);
chosen = "";
if (location.hash) choose(decodeURIComponent(location.hash.slice(1)));
if (token()) enter();
else $("token").focus();
