// The one place that knows what is looked at. The address carries it; views listen and draw, none keeps its own.
import { report } from "/assets/dom.js";
import { addressOf, plainView, readAddress } from "/assets/address.js";
import { noData } from "/assets/columns.js";
import { axesOf, columnOf, simulatedAxes, sureAxes } from "/assets/axes.js";
import { brushed, frontOf, limitsOf, meeting } from "/assets/judge.js";
import { variablesOf } from "/assets/glossary.js";
import { explainAlso } from "/assets/hint.js";
import { metricOf, speak, wordsOf } from "/assets/metrics.js";
import { axisColumnAt, pricedMissed, pricedObjectives, pricedSlack } from "/assets/priced.js";
import { frontOrder, isOwn } from "/assets/verdict.js";

const listeners = new Set();
const MOST_COMPARED = 4;

export const store = {
  runs: new Map(), // id -> row
  ready: false, // whether the list of runs was read
  connection: null, // broker and broken messages
  online: false, // whether the stream is open
  page: "runs",
  run: null, // id of the run that is shown
  design: null, // design of the page of a design
  detail: null,
  header: null, // `costs` is what the server says of costs by circuit family, once it was asked
  costing: null, // { kept, unpriced }: designs, while the server computes their costs
  front: [],
  axes: [], // axes of the run: knobs, then quantities
  data: noData(),
  view: plainView(),
  shown: new Uint8Array(0), // by row: inside every brush
  meets: new Uint8Array(0), // by row: meets the limits as set on the page
  judged: 0, // grows when `meets` changes
  members: new Int32Array(0), // rows of the front as judged on the page
  accounts: new Map(), // index -> { bands, marks } of designs whose account was asked for, null while it is
  error: "",
  hovered: null, // index of a design
  entered: new Map(), // index -> when it came to the front, for the pulse
  compared: kept(), // designs and runs to compare, [{run, index}]
};

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
    judge(all);
    for (const listener of [...listeners]) listener(all);
  };
  if (document.hidden) setTimeout(tell, 100);
  else requestAnimationFrame(tell);
}

// Changes the view: `part` has the entries of store.view that are new. The address follows.
export function change(part) {
  const what = Object.keys(part).map((key) => (key === "selected" ? "selection" : key));
  Object.assign(store.view, part);
  addressSoon();
  changed("view", ...what);
}

// A map of the view with one entry set, or removed where the value is null.
export function changeEntry(name, key, value) {
  const map = new Map(store.view[name]);
  if (value == null) map.delete(key);
  else map.set(key, value);
  change({ [name]: map });
}

let addressTimer = 0;

// While something is dragged the address waits; browsers bound how often it may change.
function addressSoon() {
  clearTimeout(addressTimer);
  addressTimer = setTimeout(() => store.run && showAddress(here()), 200);
}

// Address of what is looked at now.
export function here() {
  const { page, run, design, view } = store;
  return addressOf({ page, run, design }, view);
}

// Shows an address without going there; a report has no addresses.
export function showAddress(to) {
  if (!report && to !== location.pathname + location.search) history.replaceState(null, "", to);
}

// Address of a run with nothing set, and of one of its pages with the view kept.
export function address(run, design = null) {
  return addressOf({ run }, design == null ? null : { ...plainView(), selected: design });
}

export function pageAddress(page, design = store.design) {
  return addressOf({ page, run: store.run, design }, { ...store.view, tab: null });
}

export function designAddress(run, design, view = null) {
  return addressOf({ page: "design", run, design }, view);
}

// Adopts an address.
export function adopt(to = readAddress(location)) {
  clearTimeout(addressTimer);
  store.page = to.page;
  store.design = to.design;
  store.view = to.view;
  store.hovered = null;
  return to;
}

// Axes by key.
export function axisOf(key) {
  return store.axes.find((axis) => axis.key === key) ?? null;
}

export function valuesOnAxis(axis) {
  return axis ? columnOf(axis, store.data) : null;
}

// Brushes are of values as they are drawn: at the prices that are set.
function brushColumn(key) {
  const axis = axisOf(key);
  return axis && axisColumnAt(store.data, store.header, store.view.prices, axis, valuesOnAxis(axis));
}

// Results of designs, brushes, limits and prices.
function judge(what) {
  const any = (...words) => words.some((word) => what.has(word));
  if (any("header", "run")) {
    speak(wordsOf(store.header));
    explainAlso(variablesOf(store.header));
  }
  if (any("header", "metrics", "front"))
    store.axes = [
      ...axesOf(store.header, metricOf),
      ...sureAxes(store.front),
      ...simulatedAxes([...store.front, ...(store.detail?.excluded ?? [])]),
    ];
  const { data, view, header } = store;
  const designs = any("data", "header", "run", "figures");
  if (designs || any("brush", "view") || (view.brush.size && any("prices"))) {
    if (store.shown.length !== data.n) store.shown = new Uint8Array(data.n);
    brushed(data, view.brush, brushColumn, store.shown);
  }
  if (designs || any("limits", "prices")) {
    if (store.meets.length !== data.n) store.meets = new Uint8Array(data.n);
    const priced = { n: data.n, missed: pricedMissed(data, header, view.prices) };
    const slackOf = (key) => pricedSlack(data, header, view.prices, key);
    meeting(priced, limitsOf(header), view.limits, slackOf, store.meets);
    store.judged++;
  }
  if (designs || any("limits", "prices", "front")) store.members = members();
}

// Rows of the front: those that the log names, or those of the limits and prices that are set here.
function members() {
  const { data, view, front, header } = store;
  if (!view.limits.size && !view.prices.size) {
    return Int32Array.from(front.map((member) => data.rowOf(member.index)).filter((row) => row >= 0));
  }
  const objectives = pricedObjectives(data, header, view.prices);
  return objectives ? frontOf(objectives, candidates(), data.n) : new Int32Array(0);
}

// Mask of the designs that meet the limits and were not excluded.
function candidates() {
  const rows = (store.detail?.excluded ?? []).map(({ index }) => store.data.rowOf(index)).filter((row) => row >= 0);
  if (!rows.length) return store.meets;
  const mask = store.meets.slice();
  for (const row of rows) mask[row] = 0;
  return mask;
}

// True if limits or prices are other than those of the run.
export function isJudgedHere() {
  return !isOwn(store);
}

// Objectives of the run as axes, linear or logarithmic as the server says; a run with an old header has names only.
export function axes() {
  const header = store.header ?? {};
  return (
    header.axes ??
    (header.objectives ?? []).map((name) => ({ name, key: name, unit: "", maximise: false, scale: "linear" }))
  );
}

// An axis by name, with the end of the band that its values are of if they are not nominal.
export function axisName(axis) {
  return axis.band ? axis.name + ", " + axis.band + " end" : axis.name;
}

export function select(index) {
  if (store.view.selected !== index) change({ selected: index });
}

export function hover(index) {
  if (store.hovered === index) return;
  store.hovered = index;
  changed("hover");
}

// The neighbour of the selection on the front, in the order of its first objective.
export function walk(step) {
  const order = frontOrder(store);
  if (!order.length) return;
  const at = order.indexOf(store.view.selected);
  const last = order.length - 1;
  select(order[at < 0 ? (step > 0 ? 0 : last) : Math.min(last, Math.max(0, at + step))]);
}

export function isPinned(index) {
  return store.view.pins.some((pin) => pin.index === index);
}

// Pins a design under a name, or takes the pin away.
export function togglePin(index, name = "") {
  const rest = store.view.pins.filter((pin) => pin.index !== index);
  change({ pins: rest.length < store.view.pins.length ? rest : [...rest, { index, name }] });
}

// Designs to compare are kept while the window is open.
function kept() {
  try {
    const list = JSON.parse(sessionStorage.getItem("kirchhoff-compared") ?? "[]");
    return Array.isArray(list) ? list.filter((d) => typeof d?.run === "string").slice(0, MOST_COMPARED) : [];
  } catch {
    return [];
  }
}

export function isCompared(run, index) {
  return store.compared.some((d) => d.run === run && d.index === index);
}

// Adds a design (a run where `index` is null) to those compared, or takes it away; of more than four the oldest goes. Designs
// and runs are not compared with each other: one of the other kind starts afresh.
export function toggleCompared(run, index) {
  const alike = store.compared.filter((d) => (d.index == null) === (index == null));
  const rest = alike.filter((d) => d.run !== run || d.index !== index);
  setCompared(rest.length < alike.length ? rest : [...rest, { run, index }].slice(-MOST_COMPARED));
}

// The designs or runs to compare.
export function setCompared(list) {
  store.compared = list;
  try {
    sessionStorage.setItem("kirchhoff-compared", JSON.stringify(store.compared));
  } catch {
    // a private window keeps them until it is loaded again
  }
  changed("compared");
}

export function compareAddress(list) {
  return addressOf({ compared: list });
}
