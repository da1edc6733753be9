// The page of panels: sign in, list, make and change them. Nothing is kept in the browser but the refresh cookie, which scripts cannot read.
"use strict";

const $ = (id) => document.getElementById(id);
const views = ["view-sign-in", "view-list", "view-editor"];

// MARK: the login

/// The access token lives in this variable alone: it is gone with the page, and the refresh cookie brings the next one.
let token = null;
let user = null;
let refreshing = null;

/// What the daemon answers when it says no.
class Refusal extends Error {
  constructor(status, problem, retryAfter) {
    super(problem.message || problem.error || `the daemon answered ${status}`);
    Object.assign(this, { status, problem, retryAfter });
  }
}

async function call(method, path, body) {
  const headers = {};
  if (token) headers.Authorization = `Bearer ${token}`;
  if (body !== undefined) headers["Content-Type"] = "application/json";
  const answer = await fetch(path, {
    method, headers, body: body === undefined ? undefined : JSON.stringify(body), credentials: "same-origin", cache: "no-store",
  });
  const text = await answer.text();
  let value = null;
  try { value = text ? JSON.parse(text) : null; } catch { /* a proxy's page: the status says enough */ }
  if (!answer.ok) throw new Refusal(answer.status, value || {}, Number(answer.headers.get("Retry-After")) || 0);
  return value;
}

function keep(grant) {
  token = grant.token;
  user = JSON.parse(decodeText(token.split(".")[1])).sub;
}

function decodeText(base64url) {
  const bytes = atob(base64url.replaceAll("-", "+").replaceAll("_", "/"));
  return new TextDecoder().decode(Uint8Array.from(bytes, (letter) => letter.charCodeAt(0)));
}

/// Asks for the next access token; of several that ask at once one does.
function refresh() {
  refreshing ??= call("POST", "/api/auth/refresh").then(keep).finally(() => { refreshing = null; });
  return refreshing;
}

/// Calls with the login; one whose token has ended meanwhile is refreshed, and nobody notices.
async function callAsUser(method, path, body) {
  try {
    return await call(method, path, body);
  } catch (refusal) {
    if (!(refusal instanceof Refusal) || refusal.status !== 401) throw refusal;
    token = null;
    try { await refresh(); } catch (second) {
      if (second.status === 401) { user = null; show(); throw new Refusal(401, { message: "Your login has ended. Sign in again." }); }
      throw second;
    }
    return await call(method, path, body);
  }
}

async function signIn(event) {
  event.preventDefault();
  const form = event.target;
  await busy(form, async () => {
    token = null;
    keep(await call("POST", "/api/auth/token", { user_id: form.user.value, password: form.password.value, refresh: "cookie" }));
    form.reset();
    await show();
  });
}

async function signOut() {
  try { await call("POST", "/api/auth/logout"); } catch (refusal) { if (refusal.status !== 401) return complain(refusal); }
  token = user = null;
  go("/");
}

// MARK: where we are

function place() {
  const parts = location.pathname.split("/").filter(Boolean).map(decodeURIComponent);
  if (parts[0] === "session" && parts.length === 2) return { view: "editor", isPublic: true, id: parts[1] };
  if (parts[0] === "session" && parts.length === 3) return { view: "editor", owner: parts[1], id: parts[2] };
  if (location.hash === "#new") return { view: "editor", isNew: true, owner: user };
  return { view: "list" };
}

const encoded = encodeURIComponent;
const api = (at) => at.isPublic ? `/api/session/${encoded(at.id)}` : `/api/user/${encoded(at.owner)}/session/${encoded(at.id)}`;
const stream = (at) => at.isPublic ? `/stream/${encoded(at.id)}` : `/stream/${encoded(at.owner)}/${encoded(at.id)}`;
const page = (at) => at.isPublic ? `/session/${encoded(at.id)}` : `/session/${encoded(at.owner)}/${encoded(at.id)}`;

/// Goes elsewhere without loading the page anew: the access token stays in memory.
function go(path) {
  history.pushState(null, "", path);
  return show();
}

async function show() {
  const at = place();
  $("notice").hidden = true;
  $("account").hidden = !user;
  $("user").textContent = user || "";
  stopPreview();
  try {
    if (at.view === "editor" && (at.id || user)) return await showEditor(at);
    if (!user) return only("view-sign-in", "Sign in");
    await showList();
  } catch (refusal) { complain(refusal); }
}

function only(view, title) {
  $("waiting").hidden = true;
  for (const id of views) $(id).hidden = id !== view;
  document.title = `${title} – waiaas panels`;
  if (view === "view-sign-in") $("sign-in").user.focus();
}

function complain(refusal) {
  $("waiting").hidden = true;
  const wait = refusal.retryAfter ? ` Try again in ${refusal.retryAfter} s.` : "";
  const hint = refusal.problem && refusal.problem.hint ? ` ${refusal.problem.hint}` : "";
  $("notice").textContent = refusal instanceof Refusal ? refusal.message + hint + wait : "The daemon does not answer. Is it running?";
  $("notice").hidden = false;
}

/// Keeps a form's buttons still while it works, and shows what went wrong.
async function busy(form, work) {
  const buttons = form.querySelectorAll("button");
  buttons.forEach((button) => { button.disabled = true; });
  $("notice").hidden = true;
  try { await work(); } catch (refusal) { complain(refusal); } finally { buttons.forEach((button) => { button.disabled = false; }); }
}

// MARK: the list

async function showList() {
  const { sessions } = await callAsUser("GET", `/api/user/${encoded(user)}/sessions`);
  const rows = sessions.map((panel) => {
    const at = { owner: user, id: panel.session_id };
    const row = make("tr");
    const link = make("a", panel.session_id, { href: page(at) });
    link.dataset.route = "";
    const remove = make("button", "Delete", { type: "button", "aria-label": `Delete ${panel.session_id}` });
    remove.addEventListener("click", () => deletePanel(at));
    row.append(cell(link), cell(new Date(panel.created_at).toLocaleString()), cell(`in ${span(panel.ttl)}`), cell(remove));
    return row;
  });
  $("list").tBodies[0].replaceChildren(...rows);
  $("list").hidden = rows.length === 0;
  $("list-empty").hidden = rows.length > 0;
  only("view-list", "Your panels");
}

async function deletePanel(at) {
  $("confirm-text").textContent = `Delete ${at.id}? Its viewers see nothing more of it.`;
  $("confirm").returnValue = "no";
  $("confirm").showModal();
  await new Promise((done) => $("confirm").addEventListener("close", done, { once: true }));
  if ($("confirm").returnValue !== "yes") return;
  try { await callAsUser("DELETE", api(at)); await showList(); } catch (refusal) { complain(refusal); }
}

function make(name, text, attributes = {}) {
  const element = document.createElement(name);
  if (text !== undefined) element.textContent = text;
  for (const [attribute, value] of Object.entries(attributes)) element.setAttribute(attribute, value);
  return element;
}

function cell(content) {
  const element = make("td");
  element.append(content);
  return element;
}

function span(seconds) {
  if (seconds >= 172800) return `${Math.floor(seconds / 86400)} days`;
  if (seconds >= 7200) return `${Math.floor(seconds / 3600)} hours`;
  if (seconds >= 120) return `${Math.floor(seconds / 60)} minutes`;
  return `${seconds} seconds`;
}

// MARK: the editor

const example = {
  template: `<svg xmlns="http://www.w3.org/2000/svg" width="320" height="120" viewBox="0 0 320 120">
  <rect width="320" height="120" rx="8" fill="#f3f5f4"/>
  <text x="16" y="34" font-family="sans-serif" font-size="18">{{ title }}</text>
  {% for bar in bars %}
  <rect x="{{ 16 + loop.index0 * 60 }}" y="{{ 108 - bar.value * 0.6 }}" width="44" height="{{ bar.value * 0.6 }}"
        fill="{{ 'crimson' if bar.value > 80 else 'seagreen' }}"><title>{{ bar.name }}</title></rect>
  {% endfor %}
</svg>
`,
  args: { title: "Load", bars: [{ name: "db1", value: 42 }, { name: "db2", value: 91 }, { name: "web", value: 64 }] },
};

let editing = null;

async function showEditor(at) {
  const mayEdit = at.isNew || at.isPublic || at.owner === user;
  let panel = { template: example.template, args: example.args };
  if (!at.isNew && mayEdit) panel = await (at.isPublic ? call("GET", api(at)) : callAsUser("GET", api(at)));
  editing = at;
  const form = $("editor");
  form.hidden = !mayEdit;
  form.template.value = panel.template;
  form.arguments.value = JSON.stringify(panel.args, null, 2);
  // A public panel keeps its template: anybody may change its arguments, nobody what they are drawn into.
  form.template.readOnly = Boolean(at.isPublic && !at.isNew);
  $("naming").hidden = !at.isNew;
  form.id.disabled = form.life.disabled = !at.isNew;
  form.id.value = at.isNew ? "" : at.id;
  $("read-only").hidden = mayEdit;
  $("saved").textContent = "";
  clearFaults();
  for (const area of [form.template, form.arguments]) number(area);
  const title = at.isNew ? (at.isPublic ? "A new public panel" : "A new panel") : at.id;
  $("editor-title").textContent = title;
  only("view-editor", title);
  if (at.isNew) form.id.focus(); else startPreview(at);
}

async function save(event) {
  event?.preventDefault();
  const form = $("editor");
  const at = editing;
  if (!form.reportValidity()) return;
  clearFaults();
  const args = readArguments(form.arguments);
  if (args === undefined) return;
  try {
    if (at.isNew) {
      const created = { ...at, id: form.id.value, isNew: false };
      const life = Number(form.life.value);
      if (at.isPublic) await call("POST", "/api/session", { session_id: created.id, template: form.template.value, args, expire: `${life}s` });
      else await callAsUser("POST", `/api/user/${encoded(user)}/session`, { session_id: created.id, template: form.template.value, args, expire_seconds: life });
      await go(page(created));
    } else {
      if (at.isPublic) await call("PUT", api(at), { args });
      else await callAsUser("PUT", api(at), { args, template: form.template.value });
      if (!preview) startPreview(at);
    }
    $("notice").hidden = true;
    $("saved").textContent = `Saved at ${new Date().toLocaleTimeString()}`;
  } catch (refusal) {
    $("saved").textContent = "";
    const details = refusal.problem && refusal.problem.details;
    if (details && details.line) fault(form.template, details.line, details.column, details.reason || refusal.message);
    else complain(refusal);
  }
}

/// The arguments as a value; undefined, and the fault shown, if they are no JSON object.
function readArguments(area) {
  try {
    const value = JSON.parse(area.value);
    if (value && typeof value === "object" && !Array.isArray(value)) return value;
    fault(area, 1, 1, "The arguments are a JSON object: { … }");
  } catch (error) {
    const offset = /position (\d+)/.exec(error.message);
    const place = /line (\d+) column (\d+)/.exec(error.message);
    const before = offset ? area.value.slice(0, Number(offset[1])) : area.value;
    const line = place ? Number(place[1]) : before.split("\n").length;
    fault(area, line, place ? Number(place[2]) : before.length - before.lastIndexOf("\n"), error.message);
  }
  return undefined;
}

/// Shows a fault at its line: in the margin, and below in words that lead there.
function fault(area, line, column, message) {
  const words = $(`${area.id}-fault`);
  const lead = make("button", `Line ${line}, column ${column}`, { type: "button" });
  lead.addEventListener("click", () => toPlace(area, line, column));
  words.replaceChildren(lead, `: ${message}`);
  words.hidden = false;
  area.setAttribute("aria-invalid", "true");
  number(area);
  area.previousElementSibling.children[line - 1]?.classList.add("faulty");
  area.previousElementSibling.scrollTop = area.scrollTop;
}

function clearFaults() {
  for (const area of [$("template"), $("arguments")]) {
    $(`${area.id}-fault`).hidden = true;
    area.removeAttribute("aria-invalid");
    area.previousElementSibling.querySelector(".faulty")?.classList.remove("faulty");
  }
}

function toPlace(area, line, column) {
  const before = area.value.split("\n").slice(0, line - 1).reduce((sum, text) => sum + text.length + 1, 0);
  const offset = Math.min(area.value.length, before + [...area.value.slice(before).split("\n")[0]].slice(0, column - 1).join("").length);
  area.focus();
  area.setSelectionRange(offset, Math.min(area.value.length, offset + 1));
}

/// The numbers of the lines beside a text.
function number(area) {
  const gutter = area.previousElementSibling;
  const lines = area.value.split("\n").length;
  while (gutter.children.length > lines) gutter.lastChild.remove();
  while (gutter.children.length < lines) gutter.append(make("li", String(gutter.children.length + 1)));
  gutter.scrollTop = area.scrollTop;
}

let typing = 0;

function typed(event) {
  number(event.target);
  $("saved").textContent = "";
  clearTimeout(typing);
  if ($("editor").live.checked && !editing.isNew) typing = setTimeout(save, 400);
}

// MARK: the preview

let preview = null;

function startPreview(at) {
  stopPreview();
  const image = $("preview");
  preview = { at, times: 0 };
  image.src = stream(at);
  image.hidden = false;
  $("no-preview").hidden = true;
  $("snippet").value = `<img src="${location.origin}${stream(at)}" alt="${at.id}">`;
  $("sharing").hidden = false;
  lookAfterPreview();
}

function stopPreview() {
  preview = null;
  $("preview").removeAttribute("src");
  $("preview").hidden = true;
  $("no-preview").hidden = false;
  $("sharing").hidden = true;
}

/// A browser says nothing when an endless picture ends. So the daemon is asked now and then who it is: if it was away, or another one
/// answers, the stream is asked for again.
async function lookAfterPreview() {
  if (!preview || document.hidden) return;
  let instance = null;
  try { instance = (await call("GET", "/health")).instanceId; } catch { /* it is away, or stopping */ }
  if (!preview) return;
  if (instance && preview.instance !== undefined && preview.instance !== instance) {
    // Under another address: under the old one the browser still has the picture that ended.
    preview.times += 1;
    $("preview").src = `${stream(preview.at)}?delayed_start=${preview.times}`;
    $("saved").textContent = "";
  }
  if (!instance) $("saved").textContent = "The daemon does not answer; the picture may be old.";
  preview.instance = instance;
}

async function copySnippet() {
  const field = $("snippet");
  field.select();
  try { await navigator.clipboard.writeText(field.value); } catch { document.execCommand("copy"); }
  $("copy").textContent = "Copied";
  setTimeout(() => { $("copy").textContent = "Copy"; }, 1500);
}

// MARK: what may happen

$("sign-in").addEventListener("submit", signIn);
$("sign-out").addEventListener("click", signOut);
$("editor").addEventListener("submit", save);
$("copy").addEventListener("click", copySnippet);
setInterval(lookAfterPreview, 3000);
$("new-public").addEventListener("click", () => { history.pushState(null, "", "/"); showEditor({ view: "editor", isNew: true, isPublic: true }); });
$("open-public").addEventListener("submit", (event) => { event.preventDefault(); go(page({ isPublic: true, id: event.target.id.value })); });
for (const area of [$("template"), $("arguments")]) {
  area.addEventListener("input", typed);
  area.addEventListener("scroll", () => { area.previousElementSibling.scrollTop = area.scrollTop; });
}
addEventListener("popstate", show);
addEventListener("keydown", (event) => {
  if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "s" && !$("view-editor").hidden && !$("editor").hidden) {
    event.preventDefault();
    $("editor").requestSubmit();
  }
});
addEventListener("click", (event) => {
  const link = event.target.closest("a[data-route]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
  event.preventDefault();
  go(link.getAttribute("href"));
});

// The refresh cookie carries the login: after a reload the page is still signed in.
try { await refresh(); } catch (refusal) { if (refusal.status !== 401 && refusal.status !== 403) complain(refusal); }
await show();
