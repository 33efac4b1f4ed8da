// The address of the page: what is looked at and with which view, both ways. Pure: text in, values out.

const PAGES = ["designs", "whatif", "prices", "sweep"];

// The view of a run as nothing was set yet.
export function plainView() {
  return {
    x: null,
    y: null,
    colour: null,
    infeasible: false,
    zoom: null,
    brush: new Map(),
    limits: new Map(),
    prices: new Map(),
    selected: null,
    pins: [],
    most: null,
    tab: null,
    columns: null,
    table: null, // keys of the table's columns
    rows: null, // designs in the table: null = members of the front, "feasible", "all"
    sort: null, // { key, descending }
  };
}

// { page, run, design, compared, view } of a location.
export function readAddress({ pathname, search }) {
  const [, first = "", id = "", page = "", design = ""] = pathname.split("/");
  const query = new URLSearchParams(search);
  const place = { page: "runs", run: null, design: null, compared: null, view: readView(query) };
  if (first === "compare") return { ...place, page: "compare", compared: readCompared(query) };
  if (first === "validate" || first === "new") return { ...place, page: first };
  if (first !== "runs" || !id) return place;
  const run = decodeURIComponent(id);
  if (!PAGES.includes(page)) return { ...place, page: "explore", run };
  if (page === "designs") return { ...place, page: "design", run, design: number(design) };
  return { ...place, page, run };
}

function number(text) {
  return /^\d{1,15}$/.test(text ?? "") ? Number(text) : null;
}

// Designs "RUN~N" or runs "RUN" to compare.
function readCompared(query) {
  return query
    .getAll("d")
    .map((text) => text.match(/^(.+?)(?:~(\d{1,15}))?$/))
    .filter(Boolean)
    .slice(0, 4)
    .map(([, run, index]) => ({ run, index: index === undefined ? null : Number(index) }));
}

function readView(query) {
  const view = plainView();
  view.x = query.get("x");
  view.y = query.get("y");
  view.colour = query.get("colour");
  view.infeasible = query.get("infeasible") === "1";
  view.zoom = numbers(query.get("zoom"), 4);
  view.selected = number(query.get("design"));
  view.most = query.get("most");
  view.tab = query.get("tab");
  view.columns = query.get("columns")?.split(",").filter(Boolean) ?? null;
  view.table = query.get("table")?.split(",").filter(Boolean) ?? null;
  view.rows = ["feasible", "all"].find((rows) => rows === query.get("rows")) ?? null;
  const [, down, key] = query.get("sort")?.match(/^(-?)(.+)$/) ?? [];
  view.sort = key ? { key, descending: down === "-" } : null;
  view.pins = (query.get("pins") ?? "")
    .split("|")
    .map((pin) => pin.match(/^(\d{1,15})(?:~(.*))?$/))
    .filter(Boolean)
    .map(([, index, name = ""]) => ({ index: Number(index), name }));
  for (const [key, text] of query) {
    const value = Number(text);
    if (key.startsWith("b.")) {
      const range = numbers(text, 2);
      if (range) view.brush.set(key.slice(2), range);
    } else if (key.startsWith("l.") && isFinite(value)) view.limits.set(key.slice(2), value);
    else if (key.startsWith("p.") && value > 0 && isFinite(value)) view.prices.set(key.slice(2), value);
  }
  return view;
}

function numbers(text, count) {
  const parts = (text ?? "").split("~").map(Number);
  return text && parts.length === count && parts.every((part) => !isNaN(part)) ? parts : null;
}

// Seven digits: as many as a screen tells apart, and a link stays short.
const short = (value) => String(Number(value.toPrecision(7)));

export function addressOf({ page = "explore", run = null, design = null, compared = null }, view = null) {
  if (compared) {
    return (
      "/compare?" +
      compared.map((d) => "d=" + encodeURIComponent(d.index == null ? d.run : d.run + "~" + d.index)).join("&")
    );
  }
  if (!run) return page === "validate" || page === "new" ? "/" + page : "/";
  const path =
    "/runs/" +
    encodeURIComponent(run) +
    (page === "design" ? "/designs/" + design : page === "explore" ? "" : "/" + page);
  const query = view ? queryOf(view) : "";
  return query ? path + "?" + query : path;
}

function queryOf(view) {
  const query = new URLSearchParams();
  const put = (key, value) => value != null && value !== "" && query.set(key, value);
  put("x", view.x);
  put("y", view.y);
  put("colour", view.colour);
  put("infeasible", view.infeasible ? "1" : null);
  put("zoom", view.zoom?.map(short).join("~"));
  put("design", view.selected);
  put("most", view.most);
  put("tab", view.tab);
  put("columns", view.columns?.join(","));
  put("table", view.table?.join(","));
  put("rows", view.rows);
  put("sort", view.sort && (view.sort.descending ? "-" : "") + view.sort.key);
  put("pins", view.pins.map((pin) => pin.index + (pin.name ? "~" + pin.name.replaceAll("|", " ") : "")).join("|"));
  for (const [key, [from, to]] of view.brush) query.set("b." + key, short(from) + "~" + short(to));
  for (const [key, value] of view.limits) query.set("l." + key, short(value));
  for (const [key, factor] of view.prices) query.set("p." + key, short(factor));
  return query.toString().replaceAll("%7E", "~").replaceAll("%7C", "|").replaceAll("%2C", ",");
}
