// The one place that knows what is looked at. The address carries run and selection; views listen, none keeps its own.
import { report } from "/assets/dom.js";

const listeners = new Set();

export const store = {
  runs: new Map(),      // id -> row
  ready: false,         // whether the list of runs was read
  connection: null,     // broker and broken messages
  online: false,        // whether the stream is open
  run: null,            // id of the run that is shown
  detail: null,
  header: null,
  front: [],
  points: emptyPoints(),
  error: "",
  selected: null,       // index of a design
  hovered: null,
  entered: new Map(),   // index -> when it came to the front, for the pulse
  showInfeasible: false,
  up: null,             // key of what is plotted upwards; null = the first objective
  across: null,         // key of what is plotted to the right; null = the second objective
  compared: kept(),     // designs to compare, [{run, index}]
};

export function emptyPoints() {
  return { loaded: false, thinned: false, note: "", total: 0, index: [], values: [], missed: [], slot: new Map(), density: null, version: 0 };
}

export function listen(listener) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

let pending = null;

// Tells listeners in the next frame of the screen; what happens until then is joined.
export function changed(...what) {
  if (pending) return what.forEach((w) => pending.add(w));
  pending = new Set(what);
  const tell = () => {
    const all = pending;
    pending = null;
    for (const listener of [...listeners]) listener(all);
  };
  if (document.hidden) setTimeout(tell, 100);
  else requestAnimationFrame(tell);
}

export function address(run, design) {
  if (!run) return "/";
  return "/runs/" + encodeURIComponent(run) + (design == null ? "" : "?design=" + design);
}

const MOST_COMPARED = 4;

// Designs to compare are kept while the window is open.
function kept() {
  try {
    const list = JSON.parse(sessionStorage.getItem("kirchhoff-compared") ?? "[]");
    return Array.isArray(list) ? list.filter((d) => typeof d?.run === "string" && Number.isInteger(d.index)).slice(0, MOST_COMPARED) : [];
  } catch { return []; }
}

export function isCompared(run, index) {
  return store.compared.some((d) => d.run === run && d.index === index);
}

// Adds a design to those compared, or takes it away; of more than four the oldest goes.
export function toggleCompared(run, index) {
  const rest = store.compared.filter((d) => d.run !== run || d.index !== index);
  store.compared = rest.length < store.compared.length ? rest : [...rest, { run, index }].slice(-MOST_COMPARED);
  try { sessionStorage.setItem("kirchhoff-compared", JSON.stringify(store.compared)); } catch { /* private window: lasts until reload */ }
  changed("compared");
}

export function compareAddress(list) {
  return "/compare?" + list.map((d) => "d=" + encodeURIComponent(d.run + "~" + d.index)).join("&");
}

// Designs that the address asks to compare; null on other pages.
function readCompared(at) {
  if (at.pathname !== "/compare") return null;
  return new URLSearchParams(at.search).getAll("d").map((text) => text.match(/^(.+)~(\d{1,15})$/)).filter(Boolean)
    .slice(0, MOST_COMPARED).map(([, run, index]) => ({ run, index: Number(index) }));
}

// Shows an address without going there; a report has no addresses.
export function showAddress(to) {
  if (!report) history.replaceState(null, "", to);
}

export function readAddress(at = location) {
  const path = at.pathname.match(/^\/runs\/([^/]+)$/);
  const design = new URLSearchParams(at.search).get("design");
  return { run: path ? decodeURIComponent(path[1]) : null, compared: readCompared(at), design: /^\d+$/.test(design ?? "") ? Number(design) : null };
}

export function select(index) {
  if (store.selected === index) return;
  store.selected = index;
  showAddress(address(store.run, index));
  changed("selection");
}

export function hover(index) {
  if (store.hovered === index) return;
  store.hovered = index;
  changed("hover");
}

// The neighbour of the selection on the front, in the order of the table.
export function walk(step) {
  if (!store.front.length) return;
  const at = store.front.findIndex((member) => member.index === store.selected);
  const next = at < 0 ? (step > 0 ? 0 : store.front.length - 1) : Math.min(store.front.length - 1, Math.max(0, at + step));
  select(store.front[next].index);
}

// Objectives of the run as axes, linear or logarithmic as the server says; a run with an old header has names only.
export function axes() {
  const header = store.header ?? {};
  return header.axes ?? (header.objectives ?? []).map((name) => ({ name, key: name, unit: "", maximise: false, scale: "linear" }));
}

// An axis by name, with the end of the band that its values are of if they are not nominal.
export function axisName(axis) {
  return axis.band ? axis.name + ", " + axis.band + " end" : axis.name;
}

// Quantities that may be plotted: objectives of every design, and simulated figures of members of the front.
export function plotChoices() {
  const choices = axes().map((axis, k) => ({ ...axis, title: axisName(axis), objective: k, value: (index, values) => values?.[k] }));
  if (choices.length < 2) choices.push({ key: "design", name: "design", title: "design", unit: "", scale: "linear", value: (index) => index });
  if (store.front.some((member) => member.accuracy)) {
    choices.push(simulated("simulatedAccuracy", "simulated accuracy", "%", true, (known) => known.accuracy),
      simulated("simulatedLoss", "simulated loss", "points", false, (known) => known.loss));
  }
  return choices;
}

function simulated(key, title, unit, maximise, part) {
  const of = (index) => store.front.find((member) => member.index === index)?.accuracy;
  return { key, name: key, title, unit, maximise, scale: "linear",
    value: (index) => { const known = of(index); return known ? 100 * part(known).value : null; },
    interval: (index) => { const known = of(index); return known ? [100 * part(known).low, 100 * part(known).high] : null; } };
}

// The two that are plotted, [upwards, to the right].
export function plotted() {
  const choices = plotChoices();
  const up = choices.find((c) => c.key === store.up) ?? choices[0];
  const across = choices.find((c) => c.key === store.across) ?? choices.find((c, k) => k > 0 && c !== up) ?? choices[1];
  return [up, across];
}

export function valuesOf(index) {
  const slot = store.points.slot.get(index);
  if (slot !== undefined) return store.points.values.map((column) => column[slot]);
  return store.front.find((member) => member.index === index)?.values ?? null;
}
