// The designs inside the brushes as a table: of any number of rows only those in sight are in the document. Heads sort,
// columns are chosen, arrows walk.
import { h, draw, make } from "/assets/dom.js";
import { store, listen, change, select, hover, axisOf, designAddress, isJudgedHere } from "/assets/store.js";
import { levelText } from "/assets/axes.js";
import { plottedColumn } from "/assets/pricedView.js";
import { isLoading, waitingText } from "/assets/verdict.js";
import { cloudOf, kneeRow } from "/assets/cloud.js";
import { ordered, windowOf } from "/assets/ordering.js";
import { gradesOf } from "/assets/standing.js";
import { hinted } from "/assets/hint.js";
import { integer, three, unit, pretty, points } from "/assets/format.js";
import { follow } from "/assets/links.js";

const HEIGHT = 27; // of a row, in pixels; the style sheet says the same
const HEAD = 33;
const SPARE = 4; // rows beyond the window
const LATER = 500; // milliseconds
const FEW = 150; // rows that are all in the document, so that the browser finds and prints them
const SETS = [
  ["front", "Front"],
  ["feasible", "Meet the limits"],
  ["all", "All"],
];
const ON_FRONT = "onFront";

// Marks of the silicon behind a design, of those whose details were asked for: a text without an order.
const SILICON = {
  key: "silicon",
  name: "silicon",
  title: "silicon",
  path: "fitted",
  kind: "text",
  unit: "",
  levels: [],
};

export function designTable(parent) {
  const head = make("div.panel-head.table-head");
  const scroller = make("div.design-scroll", {
    tabindex: "0",
    role: "region",
    "aria-label": "Designs; arrows walk through them, Enter opens one",
  });
  const spacer = make("div.design-spacer");
  const pane = make("div.design-pane");
  spacer.append(pane);
  scroller.append(spacer);
  parent.append(head, scroller);
  let rows = new Int32Array(0);
  let columns = [];
  let frame = 0;
  let later = 0;
  let inSight = true;
  let stale = true;
  let pointed = false;
  let toTop = false; // whether the next painting begins at the first row
  let knee = -1;

  const setOf = () => store.view.rows ?? "front";

  // Columns that may be shown, in order: objectives, share of draws, simulated figures beside their estimates, other metrics,
  // knobs, slacks, silicon.
  function choices() {
    const quantities = store.axes.filter((axis) => axis.kind === "quantity" && axis.key !== "design");
    const isSlack = (axis) => axis.key.startsWith("slack.");
    const simulated = quantities.filter((axis) => axis.interval);
    const sure = quantities.filter((axis) => axis.key === ON_FRONT);
    const plain = quantities.filter((axis) => !axis.interval && axis.key !== ON_FRONT);
    const others = plain.filter((axis) => axis.objective == null && !isSlack(axis));
    const simulatedBeside = (axis) => simulated.filter(({ estimate }) => estimate === axis.key);
    const isAlone = ({ estimate }) => !plain.some(({ key }) => key === estimate);
    return [
      ...plain.filter((axis) => axis.objective != null).flatMap((axis) => [axis, ...simulatedBeside(axis)]),
      ...sure,
      ...others.filter((axis) => simulatedBeside(axis).length).flatMap((axis) => [axis, ...simulatedBeside(axis)]),
      ...simulated.filter(isAlone),
      ...others.filter((axis) => !simulatedBeside(axis).length),
      ...store.axes.filter((axis) => axis.kind === "knob"),
      ...plain.filter(isSlack),
      SILICON,
    ];
  }

  // Without a choice: all but slacks and silicon, and of the knobs those with more than one value.
  function shownColumns() {
    const all = choices();
    const { table: keys } = store.view;
    if (keys) return keys.map((key) => all.find((axis) => axis.key === key)).filter(Boolean);
    return all.filter(
      (axis) =>
        axis !== SILICON &&
        !axis.key.startsWith("slack.") &&
        !(axis.key === ON_FRONT && isJudgedHere()) && // draws were of the front of the run
        (axis.kind !== "knob" || axis.levels.length > 1),
    );
  }

  const valuesOf = plottedColumn; // at the prices that are set

  function collect() {
    const { data, members, meets, shown } = store;
    const set = setOf();
    if (set === "front") rows = members.filter((row) => shown[row]);
    else {
      let count = 0;
      const found = new Int32Array(data.n);
      for (let row = 0; row < data.n; row++) if (shown[row] && (set === "all" || meets[row])) found[count++] = row;
      rows = found.subarray(0, count);
    }
    const { key, descending } = sortOf();
    const column = key === "design" ? data.index : axisColumn(key);
    if (column) rows = ordered(rows, column, descending);
  }

  const axisColumn = (key) => {
    const axis = choices().find((one) => one.key === key) ?? axisOf(key);
    return axis && axis !== SILICON ? valuesOf(axis) : null;
  };

  // Order of the rows: the one asked for, else the first objective with the best first.
  function sortOf() {
    const { sort } = store.view;
    if (sort) return sort;
    const first = store.axes.find((axis) => axis.objective === 0);
    return first ? { key: first.key, descending: !!first.maximise } : { key: "design", descending: false };
  }

  function sortBy(key, better) {
    const now = sortOf();
    change({ sort: now.key === key ? { key, descending: !now.descending } : { key, descending: better === true } });
  }

  function siliconText(row) {
    const marks = store.accounts.get(store.data.index[row])?.marks;
    return marks ? gradesOf(marks) || "fitted" : "";
  }

  function cell(axis, row) {
    if (axis === SILICON) return siliconText(row);
    const column = valuesOf(axis);
    if (!column) return "…";
    const value = column[row];
    if (axis.kind === "knob") return levelText(axis, value);
    if (axis.interval) return simulated(axis, row, value);
    if (axis.key === ON_FRONT) return isFinite(value) ? String(Math.round(value)) : "–";
    return three(value);
  }

  // A simulated figure and, behind a bar, the interval that holds it with 95 %.
  function simulated(axis, row, value) {
    if (!isFinite(value)) return "–";
    const text = (of) => (axis.unit === "points" ? points(of / 100) : of.toFixed(1));
    const interval = axis.interval(store.data.index[row]);
    return text(value) + (interval ? "|" + text(interval[0]) + " – " + text(interval[1]) : "");
  }

  // Width of a column in characters, by its head and a sample of its cells.
  function widthOf(axis) {
    let most = Math.max(9, titleOf(axis).length + (unitOf(axis) ? unitOf(axis).length + 1 : 0) + 2);
    if (axis.kind === "knob") for (const level of axis.levels) most = Math.max(most, level.length);
    if (axis.interval) most = Math.max(most, 19);
    if (axis === SILICON) most = 26;
    return Math.min(26, most);
  }

  const titleOf = (axis) => pretty(axis.title);
  const unitOf = (axis) => (axis.unit && axis.unit !== axis.name ? unit(axis.unit) : "");

  function headCell(axis) {
    const { key, descending } = sortOf();
    const sorted = key === axis.key;
    const numeric = axis.kind === "quantity" || axis.numeric;
    if (axis === SILICON)
      return h(
        "th",
        { key: axis.key, scope: "col", "aria-sort": "none" },
        h("span.head-button", hinted(axis.path), titleOf(axis)),
      );
    return h(
      numeric ? "th.num" : "th",
      { key: axis.key, scope: "col", "aria-sort": sorted ? (descending ? "descending" : "ascending") : "none" },
      h(
        "button.head-button",
        {
          type: "button",
          ...hinted(axis.path ?? axis.name),
          onclick: () => sortBy(axis.key, axis.maximise),
        },
        titleOf(axis),
        unitOf(axis) ? h("small", null, " " + unitOf(axis)) : null,
        sorted ? h("span.sort-mark", { "aria-hidden": "true" }, descending ? " ▾" : " ▴") : null,
      ),
    );
  }

  let body = null; // the body of the table, whose rows are set by hand: they are many and change with every step of a scroll
  let pool = []; // rows of the body: { row, link, name, cells, texts, mark, index, query }

  // A row of the pool with empty cells.
  function freshRow() {
    const link = make("a", { "data-link": true, tabindex: "-1" });
    const name = make("td.design-name", null, link);
    const cells = columns.map((axis) => make(axis.kind === "quantity" || axis.numeric ? "td.num" : "td"));
    const row = make("tr", null, name, ...cells);
    return { row, link, name, cells, texts: cells.map(() => null), mark: "", index: -1 };
  }

  // Shows a design in a row of the pool; only what differs is touched.
  function fillRow(of, row, place) {
    const index = store.data.index[row];
    const pin = store.view.pins.find((one) => one.index === index);
    const isSelected = index === store.view.selected;
    const mark = [index, place, index === store.hovered, isSelected, store.meets[row], row === knee, pin?.name].join();
    if (mark !== of.mark) {
      of.mark = mark;
      of.row.dataset.index = index;
      of.row.setAttribute("aria-rowindex", place + 2);
      of.row.setAttribute("aria-selected", isSelected);
      of.row.className =
        (index === store.hovered ? "hovered " : "") +
        (isSelected ? "selected " : "") +
        (store.meets[row] ? "" : "infeasible");
      of.name.replaceChildren(
        of.link,
        ...(row === knee ? [make("span.knee", { "data-hint": "knee" }, "knee")] : []),
        ...(pin ? [make("span.pin", { title: "pinned" }, pin.name || "pin")] : []),
      );
    }
    if (of.index !== index || of.query !== query) {
      of.index = index;
      of.query = query;
      of.link.textContent = "#" + index;
      of.link.href = designAddress(store.run, index) + query;
    }
    columns.forEach((axis, k) => {
      const text = cell(axis, row);
      if (text === of.texts[k]) return;
      of.texts[k] = text;
      if (axis.interval) {
        const [value, interval] = text.split("|");
        of.cells[k].replaceChildren(value, interval ? make("small.muted", null, " " + interval) : "");
      } else of.cells[k].textContent = text;
    });
  }

  let query = ""; // of the address of a design: the view that it keeps

  function fillBody(first, count) {
    const address = designAddress(store.run, 0, { ...store.view, tab: null });
    query = address.includes("?") ? address.slice(address.indexOf("?")) : "";
    if (!pool.length || pool[0].row.parentNode !== body) {
      pool = [];
      body.replaceChildren();
    }
    while (pool.length > count) pool.pop().row.remove();
    while (pool.length < count) {
      pool.push(freshRow());
      body.append(pool.at(-1).row);
    }
    for (let k = 0; k < count; k++) fillRow(pool[k], rows[first + k], first + k);
  }

  function paint() {
    cancelAnimationFrame(frame);
    clearTimeout(later);
    frame = later = 0;
    if (toTop) scroller.scrollTop = 0;
    toTop = false;
    const { data } = store;
    if (stale) {
      stale = false;
      const before = columns.map((axis) => axis.key).join();
      columns = shownColumns();
      knee = kneeRow(store, isJudgedHere() ? cloudOf(store) : null);
      if (columns.map((axis) => axis.key).join() !== before) pool = [];
      collect();
      drawHead();
      drawTable();
    }
    const whole = rows.length <= FEW;
    scroller.classList.toggle("long", !whole);
    pane.classList.toggle("whole", whole);
    const { first, count, shift } = whole ? { first: 0, count: rows.length, shift: 0 } : windowed();
    if (whole) spacer.style.height = pane.style.height = "auto";
    if (body) {
      fillBody(first, count);
      body.style.transform = shift ? "translateY(" + -shift + "px)" : "none";
    }
    scroller.dataset.version = data.version;
    scroller.dataset.rows = rows.length;
    scroller.dataset.first = rows.length ? data.index[rows[first]] : "";
  }

  // The rows in sight of a table that scrolls. Only such a table is measured, which makes the browser lay the page out.
  function windowed() {
    const room = roomOf();
    const window_ = windowOf(rows.length, HEIGHT, room);
    const { first, shift } = window_.at(scroller.scrollTop);
    spacer.style.height = window_.tall + HEAD + "px";
    pane.style.height = room + HEAD + "px";
    return { first, count: Math.min(rows.length - first, Math.ceil(room / HEIGHT) + SPARE), shift };
  }

  // Heads and widths; rows are set by hand.
  function drawTable() {
    const widths = columns.map((axis) => widthOf(axis) * 7.2 + 18);
    draw(
      pane,
      rows.length
        ? h(
            "table.designs",
            {
              "aria-rowcount": rows.length + 1,
              style: { width: 128 + widths.reduce((a, b) => a + b, 0) + "px" },
              onpointerover: point,
              onpointerleave: () => hover(null),
              onclick: pick,
            },
            h("caption.unseen", null, "Designs inside the brushes"),
            h(
              "colgroup",
              null,
              h("col", { style: { width: "128px" } }),
              widths.map((width, k) => h("col", { key: k, style: { width: width + "px" } })),
            ),
            h(
              "thead",
              null,
              h(
                "tr",
                { "aria-rowindex": 1 },
                headCell({ key: "design", title: "design", kind: "", path: "design" }),
                columns.map(headCell),
              ),
            ),
            h("tbody", { key: "body", ref: (element) => (body = element) }),
          )
        : h("p.none.muted", null, isLoading(store) ? waitingText(store) : emptyText()),
    );
  }

  function emptyText() {
    const { brush } = store.view;
    if (brush.size) return "No design of this set is inside every brush.";
    return setOf() === "front" && store.data.n ? "No design meets every limit yet." : waitingText(store);
  }

  function drawHead() {
    const { brush } = store.view;
    draw(
      head,
      h("h2", null, "Designs"),
      h(
        "span.segments",
        { role: "group", "aria-label": "Rows" },
        SETS.map(([key, title]) =>
          h(
            "button",
            {
              key,
              type: "button",
              "aria-pressed": setOf() === key,
              onclick: () => change({ rows: key === "front" ? null : key }),
            },
            title,
          ),
        ),
      ),
      h(
        "span.muted",
        { role: "status" },
        isLoading(store)
          ? "loading…"
          : integer(rows.length) +
              (rows.length === 1 ? " design" : " designs") +
              (brush.size ? " inside the brush" : "") +
              (isJudgedHere() && setOf() === "front" ? ", as judged here" : ""),
      ),
      h("span.push"),
      h(Chooser, { all: choices(), shown: columns }),
    );
  }

  const indexAt = (event) => {
    const row = event.target.closest("tr[data-index]");
    return row ? Number(row.dataset.index) : null;
  };

  function point(event) {
    pointed = true;
    hover(indexAt(event));
  }

  function pick(event) {
    const index = indexAt(event);
    if (index == null || event.target.closest("a")) return;
    pointed = true;
    select(index);
  }

  // Paints with the next frame of the screen; out of sight now and then, so that a brush is not held up by thousands of cells.
  function soon(all = false) {
    stale ||= all;
    if (inSight) frame ||= requestAnimationFrame(paint);
    else later ||= setTimeout(paint, LATER);
  }

  const placeOf = (index) => (index == null ? -1 : rows.indexOf(store.data.rowOf(index)));

  const roomOf = () => Math.max(HEIGHT, scroller.clientHeight - HEAD);

  // Scrolls as little as shows a row.
  function reveal(place) {
    if (place < 0) return;
    const room = roomOf();
    const window_ = windowOf(rows.length, HEIGHT, room);
    const { first, shift } = window_.at(scroller.scrollTop);
    const above = place < first || (place === first && shift > 0);
    const below = (place - first + 1) * HEIGHT - shift > room;
    if (above) scroller.scrollTop = window_.scrollTo(place);
    else if (below) scroller.scrollTop = window_.scrollTo(Math.max(0, place + 1 - room / HEIGHT));
  }

  function walk(to) {
    const place = Math.max(0, Math.min(rows.length - 1, to));
    if (!rows.length) return;
    pointed = true;
    select(store.data.index[rows[place]]);
    reveal(place);
  }

  scroller.addEventListener("scroll", () => soon());
  scroller.addEventListener("keydown", (event) => {
    if (event.target.closest("button, a, input, summary") || event.metaKey || event.ctrlKey || event.altKey) return;
    const at = placeOf(store.view.selected);
    const page = Math.max(1, Math.floor(scroller.clientHeight / HEIGHT) - 2);
    const moves = {
      ArrowDown: () => walk(at + 1),
      ArrowUp: () => walk(at < 0 ? 0 : at - 1),
      PageDown: () => walk(at + page),
      PageUp: () => walk(at - page),
      Home: () => walk(0),
      End: () => walk(rows.length - 1),
      Enter: () => at >= 0 && follow(designAddress(store.run, store.view.selected, { ...store.view, tab: null })),
    };
    if (!moves[event.key]) return;
    moves[event.key]();
    event.preventDefault();
  });
  const observer = new ResizeObserver(() => soon());
  observer.observe(scroller);
  const sight = new IntersectionObserver((entries) => {
    inSight = entries.at(-1).isIntersecting;
    if (inSight && later) soon();
  });
  sight.observe(parent);

  const stop = listen((what) => {
    const any = (...words) => words.some((word) => what.has(word));
    if (
      any(
        "data",
        "figures",
        "front",
        "header",
        "run",
        "brush",
        "limits",
        "prices",
        "table",
        "rows",
        "sort",
        "metrics",
      ) ||
      any("accounts")
    )
      soon(true);
    else if (any("hover", "selection", "pins")) soon();
    toTop ||= any("brush", "rows", "sort", "run");
    if (any("selection") && !pointed) {
      if (stale) paint();
      reveal(placeOf(store.view.selected));
    }
    pointed = false;
  });
  soon(true);
  return {
    close() {
      cancelAnimationFrame(frame);
      clearTimeout(later);
      observer.disconnect();
      sight.disconnect();
      stop();
    },
  };
}

// The choice of columns: objectives, figures, knobs and slacks.
function Chooser({ all, shown }) {
  const keys = new Set(shown.map((axis) => axis.key));
  const set = (list) => change({ table: list });
  const toggle = (key) => {
    const next = new Set(keys);
    if (!next.delete(key)) next.add(key);
    set(all.filter((axis) => next.has(axis.key)).map((axis) => axis.key));
  };
  const groups = [
    ["Figures", all.filter((axis) => axis.kind === "quantity" && !axis.key.startsWith("slack."))],
    ["Knobs", all.filter((axis) => axis.kind === "knob")],
    ["Slack of limits", all.filter((axis) => axis.key.startsWith("slack."))],
    ["Silicon", all.filter((axis) => axis === SILICON)],
  ];
  return h(
    "details.chooser",
    null,
    h("summary.quiet", null, "Columns"),
    h(
      "div.chooser-list",
      null,
      h(
        "p",
        null,
        h("button.link", { type: "button", onclick: () => set(null) }, "Reset"),
        " · ",
        h("button.link", { type: "button", onclick: () => set(all.map((axis) => axis.key)) }, "All"),
      ),
      groups
        .filter(([, list]) => list.length)
        .map(([title, list]) =>
          h(
            "fieldset",
            { key: title },
            h("legend", null, title),
            list.map((axis) =>
              h(
                "label",
                { key: axis.key },
                h("input", { type: "checkbox", checked: keys.has(axis.key), onchange: () => toggle(axis.key) }),
                pretty(axis === SILICON ? "extrapolated and unfitted parts" : (axis.path ?? axis.title)),
              ),
            ),
          ),
        ),
    ),
  );
}
