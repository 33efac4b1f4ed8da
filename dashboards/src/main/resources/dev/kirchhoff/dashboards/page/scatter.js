// The large scatter: dominated designs as grey density, infeasible ones hollow, the front in the accent colour and exact.
import { h } from "/assets/dom.js";
import { store, listen, select, hover, axes, plotted, valuesOf } from "/assets/store.js";
import { range, scale } from "/assets/scales.js";
import { three, unit, percent, share } from "/assets/format.js";
import { missedWords } from "/assets/words.js";

let placeOf = () => null;

// Position of a design on the screen, or null if it is not drawn.
export function positionOf(index) {
  return placeOf(index);
}

const PULSE = 1400;
const still = matchMedia("(prefers-reduced-motion: reduce)");

export function scatter(parent) {
  const back = h("canvas", { "aria-hidden": "true" });
  const over = h("canvas", { role: "img", "aria-label": "Scatter of designs; the table below holds the same front" });
  const card = h("div.card-hover", { hidden: true });
  const hint = h("div.plot-hint");
  const box = h("div.plot", null, back, over, card, hint);
  parent.append(box);
  let frame = 0, plot = null, colours = {};

  const observer = new ResizeObserver(() => drawAll());
  observer.observe(box);

  // Plotted quantities, as columns of all points; quantities that only members of the front have are drawn for them alone.
  function columns() {
    const { points } = store;
    const [up, across] = plotted();
    const column = (axis) => (!axis ? [] : axis.objective !== undefined ? points.values[axis.objective] ?? [] : axis.key === "design" ? points.index : []);
    return { up, across, y: column(up), x: column(across), of: (values, index) => [across?.value(index, values), up?.value(index, values)],
      both: up?.objective !== undefined && across?.objective !== undefined && up !== across };
  }

  const isThere = (value) => value != null && isFinite(value);

  function layout() {
    const { points } = store;
    const c = columns();
    const xs = [], ys = [];
    const membersAlone = c.up?.interval || c.across?.interval;
    for (let i = 0; i < points.index.length && !membersAlone; i++) {
      if (points.missed[i] && !store.showInfeasible) continue;
      xs.push(c.x[i]); ys.push(c.y[i]);
    }
    for (const member of store.front) {
      const [x, y] = c.of(member.values, member.index);
      if (isThere(x) && isThere(y)) { xs.push(x); ys.push(y); }
    }
    for (const [axis, to] of [[c.across, xs], [c.up, ys]]) {
      if (axis?.interval) for (const member of store.front) to.push(...(axis.interval(member.index) ?? []));
    }
    const density = isNatural(c) ? points.density : null;
    if (density) { xs.push(density.from[1], density.to[1]); ys.push(density.from[0], density.to[0]); }
    const rx = range([xs], c.across?.scale), ry = range([ys], c.up?.scale);
    if (!rx || !ry) return null;
    const width = box.clientWidth, height = box.clientHeight;
    const left = 52, right = 14, top = 14, bottom = 42;
    const x = scale(rx.from, rx.to, rx.logarithmic, left, width - right);
    const y = scale(ry.from, ry.to, ry.logarithmic, height - bottom, top);
    return { x, y, width, height, left, right, top, bottom, c };
  }

  // True if the first objective is over the second, as in the density of large runs.
  function isNatural(c) {
    return c.up?.objective === 0 && c.across?.objective === 1;
  }

  function context(canvas) {
    const ratio = devicePixelRatio || 1, width = box.clientWidth, height = box.clientHeight;
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
    const style = getComputedStyle(document.documentElement);
    for (const name of ["ink", "muted", "line", "accent", "surface", "dots", "bad"]) colours[name] = style.getPropertyValue("--" + name).trim();
    plot = layout();
    const g = context(back);
    hint.textContent = plot ? (plot.c.up.interval || plot.c.across.interval ? "Members of the front that were simulated; whiskers hold 95 %" : store.points.note) : store.points.loaded ? (store.points.total ? "No feasible design yet; show infeasible ones to see how near they are." : "Waiting for the first designs…") : "Loading designs…";
    hint.className = plot ? "plot-hint" : "plot-hint middle";
    if (plot) { grid(g); cloud(g); corner(g); }
    drawOver();
    box.dataset.points = store.points.index.length;
  }

  function grid(g) {
    const { x, y, width, height, left, right, top, bottom, c } = plot;
    g.font = "11px " + getComputedStyle(box).fontFamily;
    g.lineWidth = 1;
    g.textBaseline = "top";
    g.textAlign = "center";
    for (const tick of x.ticks(52)) {
      g.strokeStyle = colours.line;
      line(g, Math.round(tick.at) + 0.5, top, Math.round(tick.at) + 0.5, height - bottom);
      g.fillStyle = colours.muted;
      const half = g.measureText(tick.text).width / 2;
      g.fillText(tick.text, Math.min(tick.at, width - half - 1), height - bottom + 7);
    }
    g.textAlign = "right";
    g.textBaseline = "middle";
    for (const tick of y.ticks(30)) {
      g.strokeStyle = colours.line;
      line(g, left, Math.round(tick.at) + 0.5, width - right, Math.round(tick.at) + 0.5);
      g.fillStyle = colours.muted;
      g.fillText(tick.text, left - 8, tick.at);
    }
    g.fillStyle = colours.ink;
    g.textAlign = "center";
    g.textBaseline = "alphabetic";
    g.font = "600 12px " + getComputedStyle(box).fontFamily;
    g.fillText(axisTitle(c.across), (left + width - right) / 2, height - 6);
    g.save();
    g.translate(13, (top + height - bottom) / 2);
    g.rotate(-Math.PI / 2);
    g.fillText(axisTitle(c.up), 0, 0);
    g.restore();
  }

  function axisTitle(axis) {
    if (!axis) return "";
    return axis.unit && axis.unit !== axis.name ? axis.title + " (" + unit(axis.unit) + ")" : axis.band ? axis.title : unit(axis.title);
  }

  // Marks the corner that is better in both objectives.
  function corner(g) {
    const { up, across } = plot.c;
    if (up.maximise === undefined || across.maximise === undefined || up === across) return;
    const { width, height, left, right, top, bottom } = plot;
    const atRight = across.maximise, atTop = up.maximise;
    const px = atRight ? width - right - 8 : left + 8, py = atTop ? top + 8 : height - bottom - 8;
    const dx = atRight ? -1 : 1, dy = atTop ? 1 : -1;
    g.strokeStyle = g.fillStyle = colours.muted;
    g.lineWidth = 1.5;
    g.beginPath();
    g.moveTo(px + dx * 16, py + dy * 16);
    g.lineTo(px, py);
    g.moveTo(px + dx * 7, py);
    g.lineTo(px, py);
    g.lineTo(px, py + dy * 7);
    g.stroke();
    g.textAlign = atRight ? "right" : "left";
    g.textBaseline = "middle";
    g.font = "11px " + getComputedStyle(box).fontFamily;
    g.fillText("better", px + dx * 21, py + dy * 12);
  }

  function cloud(g) {
    const { x, y, c, left, top, width, height, bottom, right } = plot;
    const { points } = store;
    g.save();
    g.beginPath();
    g.rect(left, top, width - left - right, height - top - bottom);
    g.clip();
    const density = isNatural(c) ? points.density : null;
    if (density) densityCells(g, density);
    const shown = points.index.length, many = shown > 4000;
    const cell = 3, columnsOf = Math.ceil(width / cell), bins = many ? new Map() : null;
    if (store.showInfeasible) hollow(g);
    g.fillStyle = colours.dots;
    g.globalAlpha = 0.5;
    for (let i = 0; i < shown; i++) {
      if (points.missed[i] || c.x[i] == null || c.y[i] == null) continue;
      const px = x(c.x[i]), py = y(c.y[i]);
      if (!many) { dot(g, px, py, 2); continue; }
      const key = Math.floor(py / cell) * columnsOf + Math.floor(px / cell);
      bins.set(key, (bins.get(key) ?? 0) + 1);
    }
    if (many && !density) {
      let most = 1;
      for (const n of bins.values()) most = Math.max(most, n);
      for (const [key, n] of bins) {
        g.globalAlpha = 0.2 + 0.65 * Math.log(1 + n) / Math.log(1 + most);
        g.fillRect((key % columnsOf) * cell, Math.floor(key / columnsOf) * cell, cell, cell);
      }
    }
    g.restore();
  }

  // Infeasible designs as hollow squares; where there are many, one square for each cell of a raster.
  function hollow(g) {
    const { x, y, c, width } = plot;
    const { points } = store;
    g.strokeStyle = colours.bad;
    g.lineWidth = 1;
    const many = points.index.length > 4000, cell = 7, across = Math.ceil(width / cell) + 1;
    const bins = new Map();
    g.globalAlpha = 0.6;
    for (let i = 0; i < points.index.length; i++) {
      if (!points.missed[i] || c.x[i] == null || c.y[i] == null) continue;
      const px = x(c.x[i]), py = y(c.y[i]);
      if (!many) { g.strokeRect(px - 2, py - 2, 4, 4); continue; }
      const key = Math.floor(py / cell) * across + Math.floor(px / cell);
      bins.set(key, (bins.get(key) ?? 0) + 1);
    }
    const most = Math.log(1 + Math.max(1, ...bins.values()));
    for (const [key, n] of bins) {
      g.globalAlpha = 0.2 + 0.5 * Math.log(1 + n) / most;
      g.strokeRect((key % across) * cell + 1.5, Math.floor(key / across) * cell + 1.5, 4, 4);
    }
  }

  function densityCells(g, density) {
    const { x, y } = plot;
    const most = Math.max(1, ...density.counts.filter((n) => n > 0).slice(0, 60000));
    const edge = (k, i) => {
      const share = i / density.bins;
      return density.logarithmic[k] ? density.from[k] * (density.to[k] / density.from[k]) ** share : density.from[k] + (density.to[k] - density.from[k]) * share;
    };
    g.fillStyle = colours.dots;
    for (let j = 0; j < density.bins; j++) {
      const x0 = x(edge(1, j)), x1 = x(edge(1, j + 1));
      for (let i = 0; i < density.bins; i++) {
        const n = density.counts[j * density.bins + i];
        if (!n) continue;
        const y0 = y(edge(0, i)), y1 = y(edge(0, i + 1));
        g.globalAlpha = 0.15 + 0.7 * Math.log(1 + n) / Math.log(1 + most);
        g.fillRect(Math.min(x0, x1), Math.min(y0, y1), Math.abs(x1 - x0) + 0.5, Math.abs(y1 - y0) + 0.5);
      }
    }
  }

  // Front, hover and selection: cheap, so that hovering does not draw the cloud again.
  function drawOver() {
    const g = context(over);
    if (!plot) { card.hidden = true; return; }
    const { x, y, c } = plot;
    const members = store.front.map((m) => ({ m, p: c.of(m.values, m.index) })).filter(({ p }) => p.every(isThere)).map(({ m, p }) => ({ m, px: x(p[0]), py: y(p[1]) }));
    if (c.both && axes().length === 2) staircase(g, members);
    whiskers(g, members);
    const now = performance.now();
    let moving = false;
    for (const { m, px, py } of members) {
      const since = now - (store.entered.get(m.index) ?? -Infinity);
      if (since < PULSE && !still.matches) {
        moving = true;
        const t = since / PULSE;
        g.strokeStyle = colours.accent;
        g.globalAlpha = (1 - t) * 0.8;
        g.lineWidth = 2;
        g.beginPath();
        g.arc(px, py, 5 + 16 * t, 0, 7);
        g.stroke();
        g.globalAlpha = 1;
      }
      g.fillStyle = colours.accent;
      g.strokeStyle = colours.surface;
      g.lineWidth = 1.5;
      g.beginPath();
      g.arc(px, py, 4.5, 0, 7);
      g.fill();
      g.stroke();
    }
    mark(g, store.hovered, 8, 1.5);
    mark(g, store.selected, 9, 2.5);
    showCard();
    if (moving && !frame) frame = requestAnimationFrame(() => { frame = 0; drawOver(); });
  }

  // Intervals of 95 % of what was counted on samples.
  function whiskers(g, members) {
    const { x, y, c } = plot;
    g.strokeStyle = colours.accent;
    g.lineWidth = 1;
    g.globalAlpha = 0.5;
    for (const { m, px, py } of members) {
      const wide = c.across.interval?.(m.index), high = c.up.interval?.(m.index);
      if (wide) line(g, x(wide[0]), py, x(wide[1]), py);
      if (high) line(g, px, y(high[0]), px, y(high[1]));
    }
    g.globalAlpha = 1;
  }

  function staircase(g, members) {
    const sorted = [...members].sort((a, b) => a.px - b.px);
    const first = plot.c.up, second = plot.c.across;
    g.strokeStyle = colours.accent;
    g.globalAlpha = 0.55;
    g.lineWidth = 1.5;
    g.beginPath();
    sorted.forEach(({ px, py }, i) => {
      if (!i) return g.moveTo(px, py);
      const last = sorted[i - 1];
      const throughLast = second.maximise !== first.maximise ? !second.maximise : second.maximise;
      if (throughLast !== second.maximise) g.lineTo(px, last.py);
      else g.lineTo(last.px, py);
      g.lineTo(px, py);
    });
    g.stroke();
    g.globalAlpha = 1;
  }

  function mark(g, index, radius, width) {
    if (index == null) return;
    const values = valuesOf(index);
    const [vx, vy] = values ? plot.c.of(values, index) : [];
    if (!isThere(vx) || !isThere(vy)) return;
    g.strokeStyle = colours.ink;
    g.lineWidth = width;
    g.beginPath();
    g.arc(plot.x(vx), plot.y(vy), radius, 0, 7);
    g.stroke();
  }

  function showCard() {
    const index = store.hovered;
    const values = index == null ? null : valuesOf(index);
    const [vx, vy] = values ? plot.c.of(values, index) : [];
    if (!isThere(vx) || !isThere(vy)) { card.hidden = true; return; }
    const known = store.front.find((m) => m.index === index)?.accuracy;
    const slot = store.points.slot.get(index);
    const mask = slot === undefined ? 0 : store.points.missed[slot];
    const member = store.front.some((m) => m.index === index);
    card.replaceChildren(
      h("div.card-head", null, h("b", null, "#" + index), h("span.muted", null, member ? "on the front" : mask ? missedWords(mask, store.header?.constraints) : "dominated")),
      ...axes().map((axis, k) => h("div.pair-row", null, h("span.muted", null, axis.name), h("b", null, three(values[k]), " ", h("small", null, axis.unit === axis.name ? "" : unit(axis.unit))))),
      ...(known ? [h("div.pair-row", null, h("span.muted", null, "simulated"), h("b", null, percent(known.accuracy.value), " ", h("small.muted", null, share(known.accuracy))))] : []));
    card.hidden = false;
    const px = plot.x(vx), py = plot.y(vy);
    const w = card.offsetWidth, t = card.offsetHeight;
    card.style.left = Math.max(4, px + 16 + w > plot.width ? px - w - 14 : px + 14) + "px";
    card.style.top = Math.max(4, py + t + 18 > plot.height ? py - t - 12 : py + 14) + "px";
  }

  function find(event) {
    if (!plot) return null;
    const at = box.getBoundingClientRect(), mx = event.clientX - at.left, my = event.clientY - at.top;
    const { x, y, c } = plot, { points } = store;
    let best = null, nearest = 16 ** 2;
    for (const m of store.front) {
      const [vx, vy] = c.of(m.values, m.index);
      if (!isThere(vx) || !isThere(vy)) continue;
      const d = (x(vx) - mx) ** 2 + (y(vy) - my) ** 2;
      if (d < nearest) { nearest = d; best = m.index; }
    }
    if (best != null) return best;
    nearest = 8 ** 2;
    for (let i = 0; i < points.index.length; i++) {
      if ((points.missed[i] && !store.showInfeasible) || c.x[i] == null || c.y[i] == null) continue;
      const d = (x(c.x[i]) - mx) ** 2 + (y(c.y[i]) - my) ** 2;
      if (d < nearest) { nearest = d; best = points.index[i]; }
    }
    return best;
  }

  box.addEventListener("pointermove", (event) => {
    const found = find(event);
    box.style.cursor = found == null ? "" : "pointer";
    hover(found);
  });
  box.addEventListener("pointerleave", () => hover(null));
  box.addEventListener("click", (event) => { const found = find(event); if (found != null) select(found); });

  placeOf = (index) => {
    const values = plot && valuesOf(index);
    const [vx, vy] = values ? plot.c.of(values, index) : [];
    if (!isThere(vx) || !isThere(vy)) return null;
    const at = box.getBoundingClientRect();
    return { x: at.left + plot.x(vx), y: at.top + plot.y(vy) };
  };

  const stop = listen((what) => {
    if (["points", "front", "detail", "theme", "run", "infeasible", "axes"].some((w) => what.has(w))) drawAll();
    else if (what.has("hover") || what.has("selection")) drawOver();
  });
  return { close() { stop(); observer.disconnect(); cancelAnimationFrame(frame); } };
}

function line(g, x0, y0, x1, y1) {
  g.beginPath();
  g.moveTo(x0, y0);
  g.lineTo(x1, y1);
  g.stroke();
}

function dot(g, x, y, r) {
  g.beginPath();
  g.arc(x, y, r, 0, 7);
  g.fill();
}
