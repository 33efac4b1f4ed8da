// The stream of server-sent events, and the designs that it announces.
import { get, report } from "/assets/dom.js";
import { store, changed, listen } from "/assets/store.js";
import { DesignColumns, noData } from "/assets/columns.js";
import { steered } from "/assets/judge.js";

const AGAIN_MILLIS = 3000;

let source = null;
let designs = null;
let received = null; // designs as they came
let hasSnapshot = false; // of the run that is watched; a further one may be of another server

// Watches a run, or the list alone where there is none.
export function watch(run) {
  if (run === store.run && source) return;
  source?.close();
  designs?.close();
  designs = received = null;
  hasSnapshot = false;
  store.run = run;
  store.detail = store.header = store.costing = null;
  store.front = [];
  store.data = noData();
  store.entered.clear();
  store.error = "";
  changed("run", "runs", "data", "front", "header", "selection");
  if (report) return readReport();
  open(run);
  if (run) load(run); // beside the first snapshot, which takes as long
}

function readReport() {
  store.online = true;
  take({ runs: [report.run], run: report.run, header: report.header, front: report.front });
  changed("connection");
  load(report.run.id);
}

function open(run) {
  const opened = new EventSource("/api/events" + (run ? "?run=" + encodeURIComponent(run) : ""));
  source = opened;
  opened.addEventListener("open", () => {
    store.online = true;
    changed("connection");
  });
  opened.addEventListener("error", () => {
    store.online = false;
    changed("connection");
    if (opened.readyState === EventSource.CLOSED) {
      setTimeout(() => source === opened && open(run), AGAIN_MILLIS);
    }
  });
  opened.addEventListener("snapshot", (event) => {
    const data = JSON.parse(event.data);
    store.runs.clear();
    take(data);
    store.error = run && !data.run ? "There is no run '" + run + "' here." : "";
    if (store.error) changed("run");
    if (run && data.run) load(run, hasSnapshot);
    hasSnapshot = true;
  });
  opened.addEventListener("frame", (event) => {
    const data = JSON.parse(event.data);
    take(data);
    if (data.run && store.error) {
      store.error = "";
      changed("run");
    }
    if (data.designs || (data.run && !store.data.loaded)) load(run);
  });
}

function take(data) {
  store.ready = true;
  for (const row of data.runs) store.runs.set(row.id, row);
  if (data.runs.length) changed("runs");
  if (data.connection) {
    store.connection = data.connection;
    changed("connection");
  }
  const before = terms();
  if (data.run) {
    const excluded = store.detail?.excluded?.length ?? 0;
    store.detail = data.run;
    changed("detail");
    if ((data.run.excluded?.length ?? 0) !== excluded) changed("front");
  }
  if (data.header) {
    store.header = { ...data.header, costs: store.header?.costs };
    changed("header");
  }
  if (received && (terms() !== before || !store.data.loaded)) steer();
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

// Changes when a command to the search does.
function terms() {
  return (store.detail?.commands?.length ?? 0) + (store.header?.constraints ?? []).join(";");
}

// Designs as they came, judged by the limits that commands set since; without their header they say nothing.
function steer() {
  if (!store.header) return;
  store.data = steered(received, store.header, store.detail?.commands);
  changed("data", "figures");
}

const arePricesShown = () => store.page === "prices" || store.view.prices.size > 0;

// Costs by circuit family are computed by the server once prices are looked at or set; later, a search that goes on has the
// processors for itself again.
listen(() => {
  const { header, costing, run } = store;
  if (!arePricesShown()) designs?.forget((header?.costs?.columns ?? []).map(({ key }) => key));
  else if (header && !header.costs && !costing) askForCosts(run);
});

async function askForCosts(run) {
  store.costing = { kept: 0, unpriced: 0 };
  try {
    let first = null; // designs that come meanwhile are computed when their columns are asked for
    while (store.costing) {
      const { columns, kept, unpriced, refusal } = await get("/api/runs/" + encodeURIComponent(run) + "/costs");
      if (store.run !== run) return;
      first ??= kept;
      const left = unpriced - Math.max(0, kept - first);
      store.costing = left > 0 && arePricesShown() ? { kept: first, unpriced: left } : null;
      if (left <= 0) store.header = { ...store.header, costs: { columns, refusal } };
      changed("costs", ...(left > 0 ? [] : ["header"]));
    }
  } catch (failure) {
    console.error(failure); // the stream tells when the server is back
    setTimeout(() => {
      if (store.run === run) store.costing = null;
    }, AGAIN_MILLIS);
  }
}

// Asks for designs that are not here; from the first on where the server is another one than before.
function load(run, afresh = false) {
  if (afresh || !designs) {
    designs?.close();
    const news = (data) => {
      received = data;
      steer();
    };
    designs = new DesignColumns(run, news, (failure) => {
      if (failure.status !== 404) console.error(failure); // of a run that is not here the stream tells
    });
  }
  designs.load();
}
