// The stream of server-sent events and the loads that belong to it.
import { get, report } from "/assets/dom.js";
import { store, changed, emptyPoints } from "/assets/store.js";

let source = null;
let loading = null;
let again = false;
let lastLoad = 0;

export function watch(run) {
  source?.close();
  store.run = run;
  store.detail = store.header = null;
  store.front = [];
  store.points = emptyPoints();
  store.entered.clear();
  store.error = "";
  store.up = store.across = null;
  again = false;
  loading = null;
  if (report) {
    store.online = true;
    take({ runs: [report.run], run: report.run, header: report.header, front: report.front });
    changed("run", "runs", "points", "front", "selection", "connection");
    if (run) load(run);
    return;
  }
  const opened = new EventSource("/api/events" + (run ? "?run=" + encodeURIComponent(run) : ""));
  source = opened;
  opened.addEventListener("open", () => { store.online = true; changed("connection"); });
  opened.addEventListener("error", () => {
    store.online = false;
    changed("connection");
    if (opened.readyState === EventSource.CLOSED) setTimeout(() => { if (source === opened) watch(run); }, 3000);
  });
  opened.addEventListener("snapshot", (event) => {
    const data = JSON.parse(event.data);
    store.runs.clear();
    take(data);
    if (run && !data.run) store.error = "There is no run '" + run + "' here.";
    if (run && data.run) load(run);
  });
  opened.addEventListener("frame", (event) => {
    const data = JSON.parse(event.data);
    take(data);
    if (data.run) {
      if (store.error) store.error = "";
      if (!store.points.loaded) load(run);
    }
    if (data.points) add(data.points);
    if (data.reload) load(run);
  });
  changed("run", "runs", "points", "front", "selection");
}

function take(data) {
  store.ready = true;
  for (const row of data.runs) store.runs.set(row.id, row);
  if (data.runs.length) changed("runs");
  if (data.connection) { store.connection = data.connection; changed("connection"); }
  if (data.run) { store.detail = data.run; changed("detail"); }
  if (data.header) store.header = data.header;
  if (data.front) setFront(data.front);
}

function setFront(front) {
  const before = new Set(store.front.map((member) => member.index));
  const now = performance.now();
  if (before.size) {
    for (const member of front) if (!before.has(member.index)) store.entered.set(member.index, now);
  }
  store.front = front;
  changed("front");
}

// Points as columns from the server; large runs are loaded again at most every two seconds.
async function load(run) {
  if (loading) { again = true; return; }
  loading = run;
  try {
    const wait = store.points.thinned ? lastLoad + 2000 - Date.now() : 0;
    if (wait > 0) await new Promise((done) => setTimeout(done, wait));
    const columns = await get("/api/runs/" + encodeURIComponent(run) + "/points");
    lastLoad = Date.now();
    if (store.run !== run) return;
    const early = store.points;
    const points = emptyPoints();
    points.loaded = true;
    points.thinned = columns.thinned;
    points.note = columns.note;
    points.density = columns.density ?? null;
    store.points = points;
    append(points, columns);
    if (!points.thinned) append(points, early); // what the stream brought meanwhile
    points.total = Math.max(columns.total, points.index.length);
    changed("points");
  } catch (failure) {
    store.error = failure.message;
    changed("run");
  } finally {
    if (loading === run) loading = null;
    if (again) { again = false; if (store.run === run) load(run); }
  }
}

function append(points, columns) {
  while (points.values.length < columns.values.length) points.values.push([]);
  for (let i = 0; i < columns.index.length; i++) {
    const index = columns.index[i];
    if (points.slot.has(index)) continue;
    points.slot.set(index, points.index.length);
    points.index.push(index);
    columns.values.forEach((column, k) => points.values[k].push(column[i]));
    points.missed.push(columns.missed[i]);
  }
  points.version++;
}

function add(columns) {
  append(store.points, columns);
  store.points.total = Math.max(columns.total, store.points.total);
  changed("points");
}
