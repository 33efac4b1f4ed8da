// Parallel coordinates, binned: between two axes every pair of bins is one stroke whose width is the number of designs, so that
// a million designs cost what a thousand do. Drag along an axis to brush it, click its name to colour by it.
import { h, draw, make } from "/assets/dom.js";
import { store, listen, change, axisOf, valuesOnAxis } from "/assets/store.js";
import { binsOf, extentOf } from "/assets/axes.js";
import { plottedColumn } from "/assets/pricedView.js";
import { classesOf, inksOfTheme } from "/assets/colours.js";
import { importance } from "/assets/analysis.js";
import { cloudOf } from "/assets/cloud.js";
import { outwards } from "/assets/plot.js";
import { three } from "/assets/format.js";
import { hinted } from "/assets/hint.js";

const HEIGHT = 300;
const TOP = 40;
const BOTTOM = 276;
const GAP = 84; // least distance of two axes
const LEFT = 56;
const RIGHT = 64;
const MOST = 12; // axes at first
// Width and opacity of strokes, from few designs to many. Browsers draw lines of one pixel in a seventh of the time of wider
// ones: the many pairs of few designs differ in opacity alone.
const STROKES = [
  [1, 0.06],
  [1, 0.11],
  [1, 0.27],
  [1, 0.5],
  [3.5, 0.46],
  [5.6, 0.63],
];
const SAMPLE = 20_000; // designs that tell which knobs matter

export function coordinates(parent) {
  const canvas = make("canvas", {
    role: "img",
    "aria-label": "Parallel coordinates of all designs; brushes can be set by the form above the plot",
  });
  const names = make("canvas.coordinates-names", { "aria-hidden": "true" }); // values on the axes, drawn when the axes change
  const inner = make("div.coordinates-inner", null, canvas, names);
  const scroll = make(
    "div.coordinates-scroll",
    { tabindex: "0", role: "region", "aria-label": "Parallel coordinates" },
    inner,
  );
  const titles = make("div.coordinates-titles");
  inner.append(titles);
  parent.append(scroll);
  let columns = []; // axes with their bins
  let room = parent.clientWidth;
  let width = 0;
  let dragged = null;
  let chosen = { key: "", list: [] };
  let colours = inksOfTheme();

  const observer = new ResizeObserver(() => {
    room = parent.clientWidth;
    drawAll();
  });
  observer.observe(parent);

  // Axes that are shown: those of the view, or the knobs that matter most for the first objective, objectives and limits last.
  function shownAxes() {
    const { view, data, header } = store;
    if (view.columns) return view.columns.map(axisOf).filter(Boolean);
    // Asked again when the designs have doubled, so that axes stay in place while a search goes on.
    const isWhole = data.knobs.length >= (header?.knobs ?? []).length;
    const key = [store.run, Math.floor(Math.log2(data.n + 1)), store.axes.length, isWhole].join();
    if (chosen.key === key && chosen.ranked) return chosen.list;
    const knobs = store.axes.filter((axis) => axis.kind === "knob" && axis.levels.length > 1);
    const quantities = store.axes.filter((axis) => axis.kind === "quantity" && axis.objective !== undefined);
    const limited = store.axes.filter(
      (axis) =>
        axis.kind === "quantity" &&
        axis.objective === undefined &&
        (header?.constraints ?? []).some((text) => text.startsWith(axis.name + " ")),
    );
    const cloud = cloudOf(store);
    const ranked = new Map(); // mean share of the objectives' variance, by key of the knob
    for (const { shares } of cloud ? importance(cloud, SAMPLE) : []) {
      for (const { axis, share } of shares) ranked.set(axis.key, (ranked.get(axis.key) ?? 0) + share);
    }
    const best = knobs
      .slice()
      .sort((a, b) => (ranked.get(b.key) ?? 0) - (ranked.get(a.key) ?? 0))
      .slice(0, Math.max(4, MOST - quantities.length - limited.length));
    chosen = { key, ranked: cloud != null, list: [...best, ...quantities, ...limited] };
    return chosen.list;
  }

  let binned = { data: null, prices: null, meets: null, bins: new Map() };

  function binsOfAxis(axis) {
    const { data, view } = store;
    if (binned.data !== data || binned.prices !== view.prices || binned.axes !== store.axes) {
      binned = { data, prices: view.prices, axes: store.axes, bins: new Map() };
    }
    if (!binned.bins.has(axis.key)) {
      const column = axis.kind === "knob" ? valuesOnAxis(axis) : plottedColumn(axis);
      if (!column) return null;
      const extent = axis.kind === "knob" ? null : (extentOf(column, axis, store.meets) ?? extentOf(column, axis));
      if (axis.kind !== "knob" && !extent) return null; // no design has a value yet
      binned.bins.set(axis.key, { ...binsOf(axis, column, extent), axis, column, extent });
    }
    return binned.bins.get(axis.key);
  }

  function drawAll() {
    colours = inksOfTheme();
    columns = shownAxes().map(binsOfAxis).filter(Boolean);
    width = Math.max(room - 2, LEFT + RIGHT + GAP * Math.max(0, columns.length - 1));
    inner.style.width = width + "px";
    const g = context(canvas);
    if (columns.length) {
      const rows = visibleRows();
      strokes(g, rows);
      columns.forEach((column, j) => axis(g, column, j, rows));
    }
    drawNames();
    drawTitles();
  }

  // The context of a canvas over all axes, cleared.
  function context(of) {
    const ratio = devicePixelRatio || 1;
    if (of.width !== Math.round(width * ratio)) of.width = Math.round(width * ratio);
    if (of.height !== Math.round(HEIGHT * ratio)) of.height = Math.round(HEIGHT * ratio);
    of.style.width = width + "px";
    of.style.height = HEIGHT + "px";
    const g = of.getContext("2d");
    g.setTransform(ratio, 0, 0, ratio, 0, 0);
    g.clearRect(0, 0, width, HEIGHT);
    return g;
  }

  let named = "";

  function drawNames() {
    const now = [width, colours.muted, ...columns.map(({ axis: of, extent }) => of.key + extent)].join();
    if (named === now) return;
    named = now;
    const g = context(names);
    columns.forEach((column, j) => labels(g, column, xOf(j)));
  }

  const xOf = (j) => LEFT + ((width - LEFT - RIGHT) * j) / Math.max(1, columns.length - 1);
  const yOf = (column, bin) => BOTTOM - ((bin + 0.5) / column.count) * (BOTTOM - TOP);

  // Rows that meet the limits inside every brush.
  function visibleRows() {
    const { data, shown, meets } = store;
    const rows = new Int32Array(data.n);
    let n = 0;
    for (let row = 0; row < data.n; row++) if (shown[row] & meets[row]) rows[n++] = row;
    return rows.subarray(0, n);
  }

  // Counts of pairs of bins, by class of colour.
  function strokes(g, rows) {
    const classes = classesOf(store.view.colour);
    const kinds = classes ? classes.list.length : 1;
    const kindOf = classes?.of;
    g.lineCap = "butt";
    for (let j = 0; j + 1 < columns.length; j++) {
      const a = columns[j];
      const b = columns[j + 1];
      const size = a.count * b.count;
      const counts = new Uint32Array(size * kinds);
      const from = a.bin;
      const to = b.bin;
      for (let k = 0; k < rows.length; k++) {
        const row = rows[k];
        const p = from[row];
        const q = to[row];
        if (p < 0 || q < 0) continue;
        const kind = kindOf ? kindOf[row] : 0;
        if (kind >= 0) counts[kind * size + p * b.count + q]++;
      }
      let most = 1;
      for (let k = 0; k < counts.length; k++) if (counts[k] > most) most = counts[k];
      paint(g, j, a, b, counts, kinds, most, classes);
    }
    g.globalAlpha = 1;
  }

  // Strokes of one gap; those of one class and about one weight are one path.
  function paint(g, j, a, b, counts, kinds, most, classes) {
    const x0 = xOf(j);
    const x1 = xOf(j + 1);
    const middle = (x0 + x1) / 2;
    const size = a.count * b.count;
    for (let kind = 0; kind < kinds; kind++) {
      g.strokeStyle = classes ? classes.list[kind].colour : colours.dots;
      const paths = STROKES.map(() => null);
      const shift = (kind - (kinds - 1) / 2) * Math.min(1.6, 8 / kinds);
      for (let p = 0; p < a.count; p++) {
        for (let q = 0; q < b.count; q++) {
          const count = counts[kind * size + p * b.count + q];
          if (!count) continue;
          const share = Math.log(1 + count) / Math.log(1 + most);
          const weight = Math.min(STROKES.length - 1, Math.floor(STROKES.length * share));
          const path = (paths[weight] ??= new Path2D());
          const y0 = yOf(a, p) + shift;
          const y1 = yOf(b, q) + shift;
          path.moveTo(x0, y0);
          path.bezierCurveTo(middle, y0, middle, y1, x1, y1);
        }
      }
      paths.forEach((path, weight) => {
        if (!path) return;
        [g.lineWidth, g.globalAlpha] = STROKES[weight];
        g.stroke(path);
      });
    }
  }

  function axis(g, column, j, rows) {
    const { shown, members, view } = store;
    const x = xOf(j);
    const { axis: of, count, bin } = column;
    g.strokeStyle = colours.strong;
    g.lineWidth = 1;
    g.beginPath();
    g.moveTo(x, TOP);
    g.lineTo(x, BOTTOM);
    g.stroke();
    const histogram = new Uint32Array(count);
    for (let k = 0; k < rows.length; k++) if (bin[rows[k]] >= 0) histogram[bin[rows[k]]]++;
    let most = 1;
    for (const n of histogram) if (n > most) most = n;
    const tall = Math.max(1.5, Math.min(12, (BOTTOM - TOP) / count - 1));
    g.fillStyle = colours.muted;
    histogram.forEach(
      (n, level) => n && g.fillRect(x, yOf(column, level) - tall / 2, Math.max(1, (20 * n) / most), tall),
    );
    g.fillStyle = colours.accent;
    const onFront = new Uint8Array(count);
    for (const row of members) if (shown[row] && bin[row] >= 0) onFront[bin[row]] = 1;
    onFront.forEach((is, level) => is && dot(g, x, yOf(column, level), 2.6));
    brushBox(g, column, x, view.brush.get(of.key));
  }

  function brushBox(g, column, x, brush) {
    if (!brush) return;
    const y0 = atValue(column, brush[1], 0.5);
    const y1 = atValue(column, brush[0], -0.5);
    g.globalAlpha = 0.16;
    g.fillStyle = colours.bad;
    g.fillRect(x - 9, y0, 18, y1 - y0);
    g.globalAlpha = 1;
    g.strokeStyle = colours.bad;
    g.lineWidth = 1.5;
    g.strokeRect(x - 9, y0, 18, y1 - y0);
  }

  // Height of a value; a knob's level is `half` a bin further.
  function atValue(column, value, half) {
    if (column.axis.kind === "knob") return yOf(column, Math.max(-0.5, Math.min(column.count - 0.5, value + half)));
    const [from, to] = column.extent;
    const logarithmic = column.axis.scale === "logarithmic";
    const on = (v) => (logarithmic ? Math.log(Math.max(v, from / 1e6)) : v);
    const share = (on(value) - on(from)) / (on(to) - on(from) || 1);
    return BOTTOM - Math.max(0, Math.min(1, share)) * (BOTTOM - TOP);
  }

  // Value at a height, the inverse.
  function valueAt(column, y) {
    const share = Math.max(0, Math.min(1, (BOTTOM - y) / (BOTTOM - TOP)));
    if (column.axis.kind === "knob") return Math.max(0, Math.min(column.count - 1, Math.floor(share * column.count)));
    const [from, to] = column.extent;
    return column.axis.scale === "logarithmic" ? from * (to / from) ** share : from + (to - from) * share;
  }

  function labels(g, column, x) {
    const of = column.axis;
    g.font = "10.5px " + colours.font;
    g.textBaseline = "middle";
    g.fillStyle = colours.muted;
    const write = (text, y, left) => {
      g.textAlign = left ? "right" : "left";
      g.lineJoin = "round";
      g.lineWidth = 3;
      g.strokeStyle = colours.surface;
      const at = left ? x - 6 : x + 24;
      g.strokeText(text, at, y);
      g.fillText(text, at, y);
    };
    if (of.kind === "knob") {
      const every = Math.ceil(column.count / 16);
      of.levels.forEach((text, level) => level % every === 0 && write(short(text), yOf(column, level), true));
    } else {
      for (const share of [0, 0.5, 1]) {
        const y = BOTTOM - share * (BOTTOM - TOP);
        write(three(valueAt(column, y)), y, true);
      }
    }
  }

  function drawTitles() {
    draw(
      titles,
      columns.map(({ axis: of }, j) =>
        h(
          "button.axis-title",
          {
            key: of.key,
            type: "button",
            style: { left: xOf(j) + "px", "max-width": xOf(1) - xOf(0) - 4 + "px" },
            ...hinted(of.path ?? of.name),
            "aria-pressed": store.view.colour === of.key,
            onclick: () => change({ colour: store.view.colour === of.key ? null : of.key }),
          },
          broken(shortName(of)),
        ),
      ),
    );
  }

  const at = (event) => {
    const place = canvas.getBoundingClientRect();
    return [event.clientX - place.left, event.clientY - place.top];
  };
  const columnAt = (x) => columns.findIndex((_, j) => Math.abs(x - xOf(j)) < 22);

  canvas.addEventListener("pointerdown", (event) => {
    const [x, y] = at(event);
    const j = columnAt(x);
    if (j < 0 || event.button !== 0) return;
    dragged = { column: columns[j], y };
    canvas.setPointerCapture(event.pointerId);
  });
  canvas.addEventListener("pointermove", (event) => {
    const [x, y] = at(event);
    canvas.style.cursor = columnAt(x) >= 0 ? "ns-resize" : "default";
    if (!dragged || Math.abs(y - dragged.y) < 3) return;
    dragged.moved = true;
    setBrush(dragged.column, dragged.y, y);
  });
  canvas.addEventListener("pointerup", (event) => {
    const end = dragged;
    dragged = null;
    if (!end || end.moved) return;
    const [, y] = at(event);
    const { key } = end.column.axis;
    const brush = new Map(store.view.brush);
    if (brush.has(key)) brush.delete(key);
    else if (end.column.axis.kind === "knob") {
      const level = valueAt(end.column, y);
      brush.set(key, [level, level]);
    } else return;
    change({ brush });
  });

  function setBrush(column, y0, y1) {
    const [from, to] = [valueAt(column, y0), valueAt(column, y1)].sort((p, q) => p - q);
    const brush = new Map(store.view.brush);
    const knob = column.axis.kind === "knob";
    brush.set(column.axis.key, knob ? [from, to] : [outwards(from, Math.floor), outwards(to, Math.ceil)]);
    change({ brush });
  }

  const stop = listen((what) => {
    if (what.has("theme")) named = "";
    const any = (...words) => words.some((word) => what.has(word));
    if (any("data", "figures", "header", "brush", "limits", "prices", "colour", "columns", "theme", "front", "page"))
      drawAll();
  });
  drawAll();
  return {
    canvases: [canvas, names],
    shownAxes,
    close() {
      stop();
      observer.disconnect();
      scroll.remove();
    },
  };
}

// A name that may go on in the next line behind a dot or before a capital.
function broken(name) {
  return name.replace(/([.])|([a-z])(?=[A-Z])/g, "$1$2\u200b");
}

function short(text) {
  return text.length > 12 ? text.slice(0, 11) + "…" : text;
}

function shortName(axis) {
  const name = axis.kind === "knob" ? axis.title.split(".").at(-1) : axis.title;
  return axis.kind === "knob" && /^(bits|range|size|width|count)/.test(name) ? axis.title : name;
}

function dot(g, x, y, radius) {
  g.beginPath();
  g.arc(x, y, radius, 0, 7);
  g.fill();
}
