// The plot of any two quantities: all designs as a raster by class, the front exact, limits as lines that are dragged, a brush
// by dragging a rectangle.
import { h, draw, make } from "/assets/dom.js";
import {
  store,
  listen,
  select,
  hover,
  change,
  changeEntry,
  axes,
  axisOf,
  isJudgedHere,
  valuesOnAxis,
} from "/assets/store.js";
import { extentOf, foremost } from "/assets/axes.js";
import { plottedColumn } from "/assets/pricedView.js";
import { limitsOf } from "/assets/judge.js";
import { classesOf, inksOfTheme, rgb } from "/assets/colours.js";
import { drawRaster } from "/assets/raster.js";
import { scale } from "/assets/scales.js";
import { three, unit, percent, share, pretty } from "/assets/format.js";
import { missedWords } from "/assets/words.js";
import { accuracyOf, constraintsOf, isConfirmed, isLoading, missedOf, rankOf } from "/assets/verdict.js";

const PULSE = 1400;
const FEW = 4000; // designs that are drawn one by one
const REACH = 7; // pixels in which a line is caught
const MARGIN = { left: 54, right: 14, top: 14, bottom: 42 };
const still = matchMedia("(prefers-reduced-motion: reduce)");

// Axes that are plotted, [across, upwards]: those of the view, or the second objective and the first.
export function plottedAxes() {
  const quantities = store.axes.filter((axis) => axis.kind === "quantity");
  const y = axisOf(store.view.y) ?? quantities[0] ?? null;
  const x = axisOf(store.view.x) ?? quantities.find((axis, k) => k > 0 && axis !== y) ?? null;
  return [x, y];
}

let positions = () => null;

// Position of a design on the screen, or null if it is not drawn.
export function positionOf(index) {
  return positions(index);
}

const logs = new WeakMap();

// A column on the scale of its axis; one that follows prices, and so changes with every move, of the rows that are drawn alone.
function onScale(column, axis) {
  if (axis.scale !== "logarithmic") return column;
  if (column !== valuesOnAxis(axis)) return logarithms(column, store.view.infeasible ? null : store.meets);
  if (!logs.has(column)) logs.set(column, logarithms(column, null));
  return logs.get(column);
}

function logarithms(column, rows) {
  const found = new Float64Array(column.length);
  for (let row = 0; row < column.length; row++)
    found[row] = (!rows || rows[row]) && column[row] > 0 ? Math.log10(column[row]) : NaN;
  return found;
}

export function plot(parent, { ghost = null } = {}) {
  const back = make("canvas", { "aria-hidden": "true" });
  const over = make("canvas", {
    role: "img",
    tabindex: "0",
    "aria-label": "Designs over two quantities; the table below holds the same designs",
  });
  const card = make("div.card-hover", { hidden: true });
  const hint = make("div.plot-hint");
  const box = make("div.plot", null, back, over, card, hint);
  parent.append(box);
  let frame = 0;
  let plan = null;
  let colours = inksOfTheme();
  let size = sizeNow();
  let dragged = null;
  const extents = new WeakMap(); // column -> ends among the rows of a judgement

  const observer = new ResizeObserver(() => {
    size = sizeNow();
    drawAll();
  });
  observer.observe(box);

  function sizeNow() {
    return { width: box.clientWidth, height: box.clientHeight };
  }

  // Extents by what is drawn: feasible designs, and infeasible ones where they are shown.
  function extent(axis, column) {
    const all = store.view.infeasible;
    const judged = all ? -1 : store.judged;
    let known = extents.get(column);
    if (known?.judged !== judged) {
      known = { judged, ends: extentOf(column, axis, all ? null : store.meets) };
      extents.set(column, known);
    }
    const found = known.ends;
    const ghosts = ghost?.extent(axis);
    if (!found || !ghosts) return found ?? ghosts ?? null;
    return [Math.min(found[0], ghosts[0]), Math.max(found[1], ghosts[1])];
  }

  function range(axis, column, zoom) {
    const logarithmic = axis.scale === "logarithmic";
    if (zoom) return { from: zoom[0], to: zoom[1], logarithmic };
    const found = extent(axis, column);
    if (!found) return null;
    let [from, to] = found;
    for (const limit of limitsOf(store.header)) {
      if (limit.name !== axis.name) continue;
      const value = store.view.limits.get(limit.key) ?? limit.value;
      // A limit near the designs belongs into the picture.
      const reach = logarithmic ? [from / 1.5, to * 1.5] : [from - 0.3 * (to - from), to + 0.3 * (to - from)];
      if (value > reach[0] && value < reach[1]) [from, to] = [Math.min(from, value), Math.max(to, value)];
    }
    if (logarithmic) {
      const air = Math.max(1.04, (to / from) ** 0.05);
      return { from: from / air, to: to * air, logarithmic };
    }
    const air = (to - from) * 0.05 || Math.abs(to) * 0.1 || 1;
    return { from: from - air, to: to + air, logarithmic };
  }

  function layout() {
    const [across, up] = plottedAxes();
    const x = across && plottedColumn(across);
    const y = up && plottedColumn(up);
    if (!x || !y) return null;
    const zoom = dragged?.zoom ?? store.view.zoom;
    const rx = range(across, x, zoom && [zoom[0], zoom[1]]);
    const ry = range(up, y, zoom && [zoom[2], zoom[3]]);
    if (!rx || !ry) return null;
    const { width, height } = size;
    const { left, right, top, bottom } = MARGIN;
    return {
      across,
      up,
      x,
      y,
      px: scale(rx.from, rx.to, rx.logarithmic, left, width - right),
      py: scale(ry.from, ry.to, ry.logarithmic, height - bottom, top),
      rx,
      ry,
      width,
      height,
    };
  }

  function context(canvas) {
    const ratio = devicePixelRatio || 1;
    const { width, height } = size;
    if (canvas.width !== Math.round(width * ratio) || canvas.height !== Math.round(height * ratio)) {
      canvas.width = Math.round(width * ratio);
      canvas.height = Math.round(height * ratio);
    }
    const g = canvas.getContext("2d");
    g.setTransform(ratio, 0, 0, ratio, 0, 0);
    g.clearRect(0, 0, width, height);
    return g;
  }

  function drawAll() {
    colours = inksOfTheme();
    plan = layout();
    const g = context(back);
    const { data } = store;
    hint.textContent = plan
      ? data.note
      : isLoading(store) || isWaiting()
        ? "Loading designs…"
        : data.n
          ? "No feasible design yet; show infeasible ones to see how near they are."
          : "Waiting for the first designs…";
    hint.className = plan ? "plot-hint" : "plot-hint middle";
    if (plan) {
      grid(g);
      cloud(g);
      corner(g);
    }
    drawOver();
    box.dataset.points = data.n;
    box.dataset.version = data.version;
  }

  // True while a column that is plotted is on its way.
  function isWaiting() {
    return store.data.n > 0 && plottedAxes().some((axis) => axis && !plottedColumn(axis));
  }

  function grid(g) {
    const { px, py, width, height, across, up } = plan;
    const { left, right, top, bottom } = MARGIN;
    g.font = "11px " + colours.font;
    g.lineWidth = 1;
    g.textBaseline = "top";
    g.textAlign = "center";
    for (const tick of px.ticks(52)) {
      g.strokeStyle = colours.line;
      line(g, Math.round(tick.at) + 0.5, top, Math.round(tick.at) + 0.5, height - bottom);
      g.fillStyle = colours.muted;
      const half = g.measureText(tick.text).width / 2;
      g.fillText(tick.text, Math.min(tick.at, width - half - 1), height - bottom + 7);
    }
    g.textAlign = "right";
    g.textBaseline = "middle";
    for (const tick of py.ticks(30)) {
      g.strokeStyle = colours.line;
      line(g, left, Math.round(tick.at) + 0.5, width - right, Math.round(tick.at) + 0.5);
      g.fillStyle = colours.muted;
      g.fillText(tick.text, left - 8, tick.at);
    }
    g.fillStyle = colours.ink;
    g.textAlign = "center";
    g.textBaseline = "alphabetic";
    g.font = "600 12px " + colours.font;
    g.fillText(axisTitle(across), (left + width - right) / 2, height - 6);
    g.save();
    g.translate(13, (top + height - bottom) / 2);
    g.rotate(-Math.PI / 2);
    g.fillText(axisTitle(up), 0, 0);
    g.restore();
  }

  // Marks the corner that is better in both quantities.
  function corner(g) {
    const { up, across, width, height } = plan;
    const { left, right, top, bottom } = MARGIN;
    if (up.maximise === undefined || across.maximise === undefined || up === across) return;
    const x = across.maximise ? width - right - 8 : left + 8;
    const y = up.maximise ? top + 8 : height - bottom - 8;
    const dx = across.maximise ? -1 : 1;
    const dy = up.maximise ? 1 : -1;
    g.strokeStyle = g.fillStyle = colours.muted;
    g.lineWidth = 1.5;
    g.beginPath();
    g.moveTo(x + dx * 16, y + dy * 16);
    g.lineTo(x, y);
    g.moveTo(x + dx * 7, y);
    g.lineTo(x, y);
    g.lineTo(x, y + dy * 7);
    g.stroke();
    g.textAlign = across.maximise ? "right" : "left";
    g.textBaseline = "middle";
    g.font = "11px " + colours.font;
    g.fillText("better", x + dx * 21, y + dy * 12);
  }

  // Class of each row in the picture: brushed away, infeasible, then the colours.
  function pictureClasses() {
    const { data, shown, meets, view } = store;
    const classes = classesOf(view.colour);
    const of = new Int8Array(data.n);
    const first = 2;
    for (let row = 0; row < data.n; row++) {
      if (!meets[row] && !view.infeasible) of[row] = -1;
      else if (!shown[row]) of[row] = 0;
      else if (classes) {
        const kind = classes.of[row];
        of[row] = kind < 0 ? 0 : first + kind;
      } else of[row] = meets[row] ? first : 1;
    }
    const away = [...rgb(colours.strong), 0.5];
    const list = classes ? classes.list.map(({ colour }) => [...rgb(colour), 0.9]) : [[...rgb(colours.dots), 0.75]];
    return { of, colours: [away, [...rgb(colours.bad), 0.55], ...list] };
  }

  function cloud(g) {
    const { px, py, width, height, across, up } = plan;
    const { left, right, top, bottom } = MARGIN;
    const { data } = store;
    const { of, colours: list } = pictureClasses();
    const u = onScale(plan.x, across);
    const v = onScale(plan.y, up);
    if (data.n > FEW) {
      drawRaster(g, {
        u,
        v,
        n: data.n,
        px: px.affine,
        py: py.affine,
        box: { left, top, width: width - left - right, height: height - top - bottom },
        classOf: of,
        colours: list,
      });
      return;
    }
    g.save();
    g.beginPath();
    g.rect(left, top, width - left - right, height - top - bottom);
    g.clip();
    list.forEach(([red, green, blue, alpha], kind) => {
      g.fillStyle = g.strokeStyle = "rgb(" + red + " " + green + " " + blue + " / " + alpha + ")";
      for (let row = 0; row < data.n; row++) {
        if (of[row] !== kind || isNaN(u[row]) || isNaN(v[row])) continue;
        const x = px(plan.x[row]);
        const y = py(plan.y[row]);
        if (kind === 1) g.strokeRect(x - 2, y - 2, 4, 4);
        else dot(g, x, y, 2.2);
      }
    });
    g.restore();
  }

  // Front, limits, hover and selection: cheap, so that hovering does not draw the cloud again.
  function drawOver() {
    const g = context(over);
    if (!plan) {
      card.hidden = true;
      return;
    }
    ghost?.draw(g, plan);
    limitLines(g);
    const moving = drawFront(g);
    for (const pin of store.view.pins) pinMark(g, pin);
    mark(g, store.hovered, 8, 1.5);
    mark(g, store.view.selected, 9, 2.5);
    if (dragged?.rectangle) {
      const [x0, y0, x1, y1] = dragged.rectangle;
      g.strokeStyle = colours.accent;
      g.lineWidth = 1;
      g.strokeRect(Math.min(x0, x1) + 0.5, Math.min(y0, y1) + 0.5, Math.abs(x1 - x0), Math.abs(y1 - y0));
      g.globalAlpha = 0.08;
      g.fillStyle = colours.accent;
      g.fillRect(Math.min(x0, x1), Math.min(y0, y1), Math.abs(x1 - x0), Math.abs(y1 - y0));
      g.globalAlpha = 1;
    }
    showCard();
    if (moving && !frame) {
      frame = requestAnimationFrame(() => {
        frame = 0;
        drawOver();
      });
    }
  }

  function drawFront(g) {
    const { data, members, shown, view, front } = store;
    const classes = classesOf(view.colour);
    const many = members.length > 400;
    const places = [];
    for (const row of members) {
      const at = place(row);
      if (at) places.push([row, ...at]);
    }
    const [across, up] = [plan.across, plan.up];
    if (axes().length === 2 && across.objective !== undefined && up.objective !== undefined && across !== up) {
      staircase(g, places);
      gap(g, places);
    }
    const byIndex = new Map(front.map((member) => [member.index, member]));
    const now = performance.now();
    let moving = false;
    places.forEach(([row, x, y]) => {
      const index = data.index[row];
      const member = byIndex.get(index);
      const since = now - (store.entered.get(index) ?? -Infinity);
      if (since < PULSE && !still.matches) {
        moving = true;
        const t = since / PULSE;
        g.strokeStyle = colours.accent;
        g.globalAlpha = (1 - t) * 0.8;
        g.lineWidth = 2;
        g.beginPath();
        g.arc(x, y, 5 + 16 * t, 0, 7);
        g.stroke();
        g.globalAlpha = 1;
      }
      const kind = classes?.of[row] ?? -1;
      g.globalAlpha = opacity(member) * (shown[row] ? 1 : 0.25);
      g.fillStyle = kind >= 0 ? classes.list[kind].colour : colours.accent;
      g.strokeStyle = classes ? colours.ink : colours.surface;
      g.lineWidth = classes ? 1 : 1.5;
      g.beginPath();
      g.arc(x, y, many ? 2.6 : 4.5, 0, 7);
      g.fill();
      if (!many) g.stroke();
      g.globalAlpha = 1;
      if (isConfirmed(member)) {
        g.fillStyle = colours.surface;
        dot(g, x, y, many ? 1.1 : 1.8);
      }
    });
    for (const { index } of store.detail?.excluded ?? []) {
      const at = placeOf(index);
      if (at) cross(g, at[0], at[1]);
    }
    const knee = isJudgedHere() ? null : front.find((member) => member.knee);
    const at = knee && placeOf(knee.index);
    if (at) kneeMark(g, at[0], at[1]);
    whiskers(g, places);
    return moving;
  }

  // An excluded design.
  function cross(g, x, y) {
    g.strokeStyle = colours.bad;
    g.lineWidth = 2;
    line(g, x - 4, y - 4, x + 4, y + 4);
    line(g, x - 4, y + 4, x + 4, y - 4);
  }

  // Share of the joint draws in which a member is on the front, as opacity.
  function opacity(member) {
    return member?.onFront == null || isJudgedHere() ? 1 : 0.25 + 0.75 * member.onFront;
  }

  function kneeMark(g, x, y) {
    g.fillStyle = colours.ink;
    g.font = "600 11px " + colours.font;
    g.textAlign = "left";
    const isHigh = y < MARGIN.top + 36; // where the better corner is marked
    g.textBaseline = isHigh ? "top" : "bottom";
    g.strokeStyle = colours.surface;
    g.lineWidth = 3;
    for (const put of ["strokeText", "fillText"])
      g[put]("knee", Math.min(x + 7, plan.width - 34), isHigh ? y + 9 : y - 5);
    g.strokeStyle = colours.ink;
    g.lineWidth = 1.5;
    g.strokeRect(x - 6.5, y - 6.5, 13, 13);
  }

  // Intervals of 95 % of what was counted on samples.
  function whiskers(g, places) {
    for (const [key, vertical] of [
      [plan.across, false],
      [plan.up, true],
    ]) {
      if (!key.interval) continue;
      g.strokeStyle = colours.accent;
      g.lineWidth = 1;
      g.globalAlpha = 0.5;
      for (const [row, x, y] of places) {
        const ends = key.interval(store.data.index[row]);
        if (!ends) continue;
        if (vertical) line(g, x, plan.py(ends[0]), x, plan.py(ends[1]));
        else line(g, plan.px(ends[0]), y, plan.px(ends[1]), y);
      }
      g.globalAlpha = 1;
    }
  }

  // The line that no design of the space is ahead of, where the gap of the run is known.
  function gap(g, places) {
    const share = isJudgedHere() ? 0 : (store.detail?.gap ?? 0);
    if (!share) return;
    const ahead = (value, axis) => (axis.maximise ? value * (1 + share) : value / (1 + share));
    const shifted = places.map(([row]) => [
      row,
      plan.px(ahead(plan.x[row], plan.across)),
      plan.py(ahead(plan.y[row], plan.up)),
    ]);
    g.setLineDash([3, 3]);
    staircase(g, shifted);
    g.setLineDash([]);
  }

  function staircase(g, places) {
    const sorted = [...places].sort((a, b) => a[1] - b[1]);
    const first = plan.up;
    const second = plan.across;
    g.strokeStyle = colours.accent;
    g.globalAlpha = 0.55;
    g.lineWidth = 1.5;
    g.beginPath();
    sorted.forEach(([, x, y], i) => {
      if (!i) return g.moveTo(x, y);
      const [, , before] = sorted[i - 1];
      const throughLast = second.maximise !== first.maximise ? !second.maximise : second.maximise;
      if (throughLast !== second.maximise) g.lineTo(x, before);
      else g.lineTo(sorted[i - 1][1], y);
      g.lineTo(x, y);
    });
    g.stroke();
    g.globalAlpha = 1;
  }

  // Limits on the plotted quantities, as lines with a handle.
  function lines() {
    return limitsOf(store.header).flatMap((limit) => {
      const value =
        (dragged?.limit?.key === limit.key ? dragged.value : null) ?? store.view.limits.get(limit.key) ?? limit.value;
      const found = [];
      if (limit.name === plan.across.name) found.push({ limit, value, vertical: true, at: plan.px(value) });
      if (limit.name === plan.up.name) found.push({ limit, value, vertical: false, at: plan.py(value) });
      return found;
    });
  }

  function limitLines(g) {
    const { left, right, top, bottom } = MARGIN;
    g.font = "11px " + colours.font;
    for (const { limit, value, vertical, at } of lines()) {
      const inside = vertical ? at >= left && at <= plan.width - right : at >= top && at <= plan.height - bottom;
      if (!inside) continue;
      const moved = value !== limit.value;
      g.strokeStyle = g.fillStyle = moved ? colours.bad : colours.muted;
      g.lineWidth = moved ? 2 : 1.5;
      g.setLineDash([6, 4]);
      if (vertical) line(g, at, top, at, plan.height - bottom);
      else line(g, left, at, plan.width - right, at);
      g.setLineDash([]);
      const text = pretty(
        limit.name + (limit.atMost ? " <= " : " >= ") + three(value) + (limit.unit ? " " + limit.unit : ""),
      );
      g.textAlign = vertical ? (at > plan.width - 120 ? "right" : "left") : "right";
      g.textBaseline = "bottom";
      if (vertical) g.fillText(text, at + (at > plan.width - 120 ? -6 : 6), plan.height - bottom - 6);
      else g.fillText(text, plan.width - right - 6, at - 3);
    }
  }

  function place(row) {
    const x = plan.px(plan.x[row]);
    const y = plan.py(plan.y[row]);
    const { left, right, top, bottom } = MARGIN;
    const inside = x >= left - 5 && x <= plan.width - right + 5 && y >= top - 5 && y <= plan.height - bottom + 5;
    return isFinite(plan.x[row]) && isFinite(plan.y[row]) && inside ? [x, y] : null;
  }

  function placeOf(index) {
    const row = index == null ? -1 : store.data.rowOf(index);
    return row < 0 ? null : place(row);
  }

  function mark(g, index, radius, width) {
    const at = placeOf(index);
    if (!at) return;
    g.strokeStyle = colours.ink;
    g.lineWidth = width;
    g.beginPath();
    g.arc(at[0], at[1], radius, 0, 7);
    g.stroke();
  }

  function pinMark(g, pin) {
    const at = placeOf(pin.index);
    if (!at) return;
    g.fillStyle = colours.ink;
    g.font = "600 11px " + colours.font;
    g.textAlign = "left";
    g.textBaseline = "middle";
    g.fillText("▲ " + (pin.name || "#" + pin.index), at[0] - 4, at[1] + 13);
  }

  function showCard() {
    const index = dragged ? null : store.hovered;
    const at = placeOf(index);
    card.hidden = !at;
    if (!at) return;
    const row = store.data.rowOf(index);
    const member = store.front.find((m) => m.index === index);
    const accuracy = accuracyOf(store, index);
    const missed = store.meets[row] ? "" : missedWords(missedOf(store)[row], constraintsOf(store));
    const word = missed || rankOf(store, index);
    const list = [
      plan.up,
      plan.across,
      ...store.axes.filter((a) => a.objective !== undefined && a !== plan.up && a !== plan.across),
    ];
    draw(
      card,
      h("div.card-head", null, h("b", null, "#" + index), h("span.muted", null, word)),
      list.map((axis) =>
        h(
          "div.pair-row",
          { key: axis.key },
          h("span.muted", null, axis.title),
          h("b", null, three(plottedColumn(axis)?.[row]), " ", h("small", null, unit(axis.unit))),
        ),
      ),
      member?.onFront != null && !isJudgedHere()
        ? h("div.pair-row", null, h("span.muted", null, "on front in draws"), h("b", null, percent(member.onFront)))
        : null,
      accuracy ? simulatedRows(accuracy) : null,
    );
    const w = card.offsetWidth;
    const t = card.offsetHeight;
    card.style.left = Math.max(4, at[0] + 16 + w > plan.width ? at[0] - w - 14 : at[0] + 14) + "px";
    card.style.top = Math.max(4, at[1] + t + 18 > plan.height ? at[1] - t - 12 : at[1] + 14) + "px";
  }

  // What simulated chips say first of a design, below its estimate.
  function simulatedRows(accuracy) {
    const figure = foremost(accuracy);
    const counted = figure.of(accuracy);
    const estimate = figure.by(accuracy);
    return [
      estimate == null
        ? null
        : h(
            "div.pair-row",
            { key: "estimate" },
            h("span.muted", null, figure.estimate + ", estimated"),
            h("b", null, percent(estimate)),
          ),
      h(
        "div.pair-row",
        { key: "simulated" },
        h("span.muted", null, figure.title),
        h("b", null, percent(counted.value), " ", h("small.muted", null, share(counted))),
      ),
    ];
  }

  // The design at a pixel: members of the front first, of which the nearest within reach.
  function find(x, y) {
    if (!plan) return null;
    const nearest = (rows, count, reach, visible) => {
      let best = -1;
      let least = reach ** 2;
      for (let k = 0; k < count; k++) {
        const row = rows ? rows[k] : k;
        if (!visible(row)) continue;
        const d = (plan.px(plan.x[row]) - x) ** 2 + (plan.py(plan.y[row]) - y) ** 2;
        if (d < least) {
          least = d;
          best = row;
        }
      }
      return best;
    };
    const { data, members, meets, shown, view } = store;
    let row = nearest(members, members.length, 14, () => true);
    if (row < 0 && data.n <= 200_000) {
      row = nearest(null, data.n, 8, (r) => shown[r] && (meets[r] || view.infeasible));
    }
    return row < 0 ? null : data.index[row];
  }

  const pixel = (event) => {
    const at = box.getBoundingClientRect();
    return [event.clientX - at.left, event.clientY - at.top];
  };

  const lineAt = (x, y) => lines().find(({ vertical, at }) => Math.abs((vertical ? x : y) - at) < REACH);

  over.addEventListener("pointerdown", (event) => {
    if (!plan || event.button !== 0) return;
    const [x, y] = pixel(event);
    const caught = lineAt(x, y);
    over.setPointerCapture(event.pointerId);
    if (caught) dragged = { limit: caught.limit, vertical: caught.vertical, value: caught.value };
    else if (event.shiftKey) dragged = { pan: [x, y], zoom: store.view.zoom ?? window4() };
    else dragged = { start: [x, y] };
  });

  const window4 = () => [plan.rx.from, plan.rx.to, plan.ry.from, plan.ry.to];

  over.addEventListener("pointermove", (event) => {
    if (!plan) return;
    const [x, y] = pixel(event);
    if (!dragged) {
      over.style.cursor = lineAt(x, y)?.vertical ? "ew-resize" : lineAt(x, y) ? "ns-resize" : "crosshair";
      hover(find(x, y));
      return;
    }
    if (dragged.limit) {
      const raw = dragged.vertical ? plan.px.back(x) : plan.py.back(y);
      dragged.value = Number(raw.toPrecision(3));
      changeEntry("limits", dragged.limit.key, dragged.value === dragged.limit.value ? null : dragged.value);
    } else if (dragged.pan) {
      const shift = (to, by) => (value) => to.back(to(value) - by);
      const sx = shift(plan.px, x - dragged.pan[0]);
      const sy = shift(plan.py, y - dragged.pan[1]);
      dragged.zoom = [sx(plan.rx.from), sx(plan.rx.to), sy(plan.ry.from), sy(plan.ry.to)];
      dragged.pan = [x, y];
      drawAll();
    } else if (dragged.start) {
      const [x0, y0] = dragged.start;
      if (Math.hypot(x - x0, y - y0) > 4) {
        dragged.rectangle = [x0, y0, x, y];
        drawOver();
      }
    }
  });

  over.addEventListener("pointerup", (event) => {
    const end = dragged;
    dragged = null;
    if (!plan || !end) return;
    if (end.pan) change({ zoom: end.zoom });
    else if (end.rectangle) brushRectangle(end.rectangle);
    else if (end.start) {
      const [x, y] = pixel(event);
      const index = find(x, y);
      if (index != null) select(index);
    }
    drawOver();
  });

  over.addEventListener("pointerleave", () => hover(null));
  over.addEventListener("dblclick", () => change({ zoom: null }));
  over.addEventListener(
    "wheel",
    (event) => {
      if (!plan || !(event.ctrlKey || event.metaKey)) return;
      event.preventDefault();
      const [x, y] = pixel(event);
      zoomAt(x, y, event.deltaY > 0 ? 1.25 : 0.8);
    },
    { passive: false },
  );
  over.addEventListener("keydown", (event) => {
    if (!plan) return;
    const factor = { "+": 0.8, "=": 0.8, "-": 1.25 }[event.key];
    if (factor) zoomAt(plan.width / 2, plan.height / 2, factor);
    else if (event.key === "0") change({ zoom: null });
    else return;
    event.preventDefault();
    event.stopPropagation();
  });

  function zoomAt(x, y, factor) {
    const ends = (to, at, { from, to: end }) => [from, end].map((value) => to.back(at + (to(value) - at) * factor));
    change({ zoom: [...ends(plan.px, x, plan.rx), ...ends(plan.py, y, plan.ry)] });
  }

  // Brushes both plotted quantities; ends are rounded outwards to four digits.
  function brushRectangle([x0, y0, x1, y1]) {
    const brush = new Map(store.view.brush);
    const ends = (to, a, b) => [to.back(a), to.back(b)].sort((p, q) => p - q);
    const rounded = ([from, to]) => [outwards(from, Math.floor), outwards(to, Math.ceil)];
    brush.set(plan.across.key, rounded(ends(plan.px, x0, x1)));
    brush.set(plan.up.key, rounded(ends(plan.py, y0, y1)));
    change({ brush });
  }

  const stop = listen((what) => {
    const any = (...words) => words.some((word) => what.has(word));
    if (
      any(
        "data",
        "figures",
        "header",
        "brush",
        "limits",
        "prices",
        "colour",
        "x",
        "y",
        "zoom",
        "infeasible",
        "theme",
        "front",
        "page",
      )
    ) {
      if (!dragged?.pan) drawAll();
    } else if (any("hover", "selection", "pins")) drawOver();
  });
  drawAll();
  positions = (index) => {
    const at = placeOf(index);
    const corner = box.getBoundingClientRect();
    return at && { x: corner.left + at[0], y: corner.top + at[1] };
  };
  return {
    element: box,
    canvases: [back, over],
    redraw: drawAll,
    close() {
      stop();
      observer.disconnect();
      cancelAnimationFrame(frame);
      box.remove();
    },
  };
}

// Four digits, rounded away from the middle of a range.
export function outwards(value, round) {
  if (!isFinite(value) || value === 0) return value;
  const power = 10 ** (3 - Math.floor(Math.log10(Math.abs(value))));
  return round(value * power) / power;
}

export function axisTitle(axis) {
  return axis.unit ? axis.title + " (" + unit(axis.unit) + ")" : unit(axis.title);
}

function line(g, x0, y0, x1, y1) {
  g.beginPath();
  g.moveTo(x0, y0);
  g.lineTo(x1, y1);
  g.stroke();
}

function dot(g, x, y, radius) {
  g.beginPath();
  g.arc(x, y, radius, 0, 7);
  g.fill();
}
