// The Live view: one sentence, the scatter, a narrow column, the table twin of the front, and the design beside it.
import uPlot from "/assets/uplot/uPlot.esm.js";
import { h, fill, report } from "/assets/dom.js";
import { store, listen, changed, select, hover, axes, axisName, plotChoices, plotted } from "/assets/store.js";
import { integer, three, unit, clock, day, percent, pretty, points, share } from "/assets/format.js";
import { sentence, stateChip, trouble } from "/assets/words.js";
import { knobColumns, shortPath } from "/assets/knobs.js";
import { scatter } from "/assets/scatter.js";
import { designPanel } from "/assets/design.js";
import { estimatePanel } from "/assets/estimate.js";

export function liveView(parent) {
  const head = h("section.head", { "aria-live": "polite" });
  const note = h("p.notice", { hidden: true, role: "status" });
  const plot = h("section.panel.plot-panel", { "aria-label": "Designs" });
  const toggle = h("input", { type: "checkbox", id: "infeasible" });
  toggle.checked = store.showInfeasible;
  toggle.addEventListener("change", () => { store.showInfeasible = toggle.checked; changed("infeasible"); });
  const legend = h("div.legend", null,
    h("span.key.key-front", null, "front"), h("span.key.key-dots", null, "dominated"),
    h("label.key.key-bad", { for: "infeasible" }, toggle, "infeasible ", h("span.muted")));
  const pick = { up: picker("up", "Upwards"), across: picker("across", "To the right") };
  plot.append(h("div.panel-head", null, h("h2", null, "Pareto front"), h("span.pickers", null, pick.up, h("span.muted", null, "over"), pick.across), legend));
  const side = h("aside.side", { "aria-label": "Run" });
  const table = h("section.panel.table-panel", { "aria-label": "Front as a table" });
  const design = h("aside.design", { "aria-label": "Design", hidden: true });
  const foot = h("footer.foot");
  const layout = h("div.live", null, plot, side, table, design);
  fill(parent, head, note, layout, foot);

  const chart = scatter(plot);
  const column = sideColumn(side);
  const panel = designPanel(design);
  let shownFront = null, lost = false;

  function picker(which, label) {
    return h("select.quiet", { "aria-label": label, onchange: (event) => { store[which] = event.target.value; changed("axes"); } });
  }

  function drawPickers() {
    const choices = plotChoices(), [up, across] = plotted();
    for (const [select, now] of [[pick.up, up], [pick.across, across]]) {
      if (!now) { select.hidden = true; continue; }
      select.hidden = choices.length < 3;
      const names = choices.map((c) => c.key).join();
      if (select.dataset.names !== names) {
        select.dataset.names = names;
        fill(select, choices.map((c) => h("option", { value: c.key }, unit(c.title))));
      }
      select.value = now.key;
    }
    plot.querySelector(".pickers").hidden = choices.length < 3;
  }

  function drawHead() {
    const run = store.detail ?? store.runs.get(store.run);
    if (store.error) {
      lost = true;
      fill(parent, h("section.state", null, h("h1", null, "Nothing to show"), h("p", null, store.error), h("p", null, h("a", { href: "/", "data-link": true }, "All runs"))));
      return;
    }
    if (lost) { lost = false; fill(parent, head, note, layout, foot); }
    if (!run) { fill(head, h("p.sentence.muted", null, "Loading run…")); return; }
    fill(head, h("div.title", null, h("h1", null, run.name || run.id), stateChip(run)), h("p.sentence", null, sentence(run)));
    const words = !store.online && store.ready ? "The connection to the dashboard is lost; what you see is the last that was known." : trouble(run);
    note.hidden = !words;
    note.textContent = words;
    if (run.known < run.evaluated) {
      note.hidden = false;
      note.textContent = (words + " " + integer(run.evaluated - run.known) + " designs have not been read yet.").trim();
    }
    if (run.thinned) {
      note.hidden = false;
      note.textContent = (note.textContent + " " + run.thinned.note + ".").trim();
    }
    legend.querySelector(".muted").textContent = run.known ? percent(1 - run.feasible / run.known) : "";
    fill(foot,
      h("span", null, run.name || run.id), h("span", null, "seed ", run.seed ?? "–"),
      h("span", null, run.engine ?? "", run.islands ? ", " + run.islands + (run.islands === 1 ? " island" : " islands") : ""),
      h("span", null, "model ", run.version ?? "–"),
      report ? h("span", null, "report of " + day(run.lastTime)) : h("span", null, run.hasLog ? (run.fromKafka ? "from its log and the broker" : "from its log") : "from the broker"),
      h("span.push"), h("span.keys", null, h("kbd", null, "←"), h("kbd", null, "→"), " along the front ", h("kbd", null, "Esc"), " closes"));
  }

  function drawTable() {
    shownFront = store.front;
    const knobs = differing();
    const focus = document.activeElement?.dataset?.index;
    const measured = measuredColumns();
    fill(table, h("div.panel-head", null, h("h2", null, "Front"), h("span.muted", null,
      store.front.length ? integer(store.front.length) + " designs; of the knobs only those that differ" : "")),
    store.front.length ? h("div.scroll", null, h("table.list.front", null,
      h("thead", null, h("tr", null, h("th", null, "Design"),
        axes().map((axis) => h("th.num", null, axisName(axis), axis.unit && axis.unit !== axis.name ? h("small", null, " " + unit(axis.unit)) : null, h("span.dir", { title: axis.maximise ? "more is better" : "less is better" }, axis.maximise ? " ↑" : " ↓"))),
        measured.map((column) => h("th.num", { title: column.title }, column.name, h("small", null, " " + column.unit), column.arrow ? h("span.dir", null, column.arrow) : null)),
        knobs.map((column) => h(column.numeric ? "th.num" : "th", { title: column.path }, shortPath(column.path))))),
      h("tbody", null, store.front.map((member) => h("tr", { "data-index": member.index },
        h("td", null, h("button.link", { type: "button", "data-index": member.index }, "#" + member.index), member.knee ? h("span.knee", { title: "knee: least sum of objectives on their axes, each scaled to the front's range, but to a decade, 10 dB or ten points of accuracy at most" }, "knee") : null),
        axes().map((_, k) => h("td.num", null, three(member.values[k]))),
        measured.map((column) => h("td.num", null, column.cell(member))),
        knobs.map((column) => h(column.numeric ? "td.num" : "td", null, column.text(member.knobs))))))))
      : h("p.none.muted", null, "No design meets every constraint yet."));
    if (focus != null) table.querySelector('button[data-index="' + Number(focus) + '"]')?.focus({ preventScroll: true });
    mark(false);
  }

  // Confidence in members, their simulated accuracy, and the estimate beside it unless it is an objective.
  function measuredColumns() {
    const columns = [];
    if (store.front.some((m) => m.onFront != null)) {
      columns.push({ name: "on front", unit: "%", title: "Share of joint draws of the models' errors in which the design meets every limit and no other drawn design beats it", cell: (m) => (m.onFront == null ? "–" : Math.round(100 * m.onFront)) });
    }
    const known = store.front.map((m) => m.accuracy).filter(Boolean);
    if (!known.length) return columns;
    const basis = known[0].network + " on " + integer(known[0].samples) + " samples, " + known[0].draws + (known[0].draws === 1 ? " chip" : " chips") + "; 95 % intervals";
    if (known.some((a) => a.estimatedLoss != null) && !axes().some((axis) => axis.key === "accuracyLoss")) {
      columns.push({ name: "loss, estimated", unit: "points", arrow: " ↓", title: "Analytic estimate of the accuracy lost", cell: (m) => points(m.accuracy?.estimatedLoss) });
    }
    columns.push({ name: "loss, simulated", unit: "points", arrow: " ↓", title: "Accuracy lost on simulated chips: " + basis, cell: (m) => (m.accuracy ? [points(m.accuracy.loss.value), h("small.interval", null, points(m.accuracy.loss.low) + " – " + points(m.accuracy.loss.high))] : "–") });
    columns.push({ name: "accuracy", unit: "%", arrow: " ↑", title: "Accuracy on simulated chips: " + basis, cell: (m) => (m.accuracy ? [(100 * m.accuracy.accuracy.value).toFixed(1), h("small.interval", null, share(m.accuracy.accuracy).replace(" %", ""))] : "–") });
    return columns;
  }

  function differing() {
    return knobColumns(store.header?.knobs ?? [])
      .map((column, at) => ({ column, at, kinds: new Set(store.front.map((m) => column.text(m.knobs))).size }))
      .filter((k) => k.kinds > 1).sort((a, b) => b.kinds - a.kinds).slice(0, 9).sort((a, b) => a.at - b.at)
      .map(({ column }) => column);
  }

  function mark(scroll) {
    for (const row of table.querySelectorAll("tr[data-index]")) {
      const index = Number(row.dataset.index);
      row.classList.toggle("hovered", index === store.hovered);
      row.classList.toggle("selected", index === store.selected);
      row.setAttribute("aria-selected", index === store.selected);
      if (scroll && index === store.selected) {
        const box = table.querySelector(".scroll"), top = row.offsetTop - 30;
        if (top < box.scrollTop) box.scrollTop = top;
        else if (row.offsetTop + row.offsetHeight > box.scrollTop + box.clientHeight) box.scrollTop = row.offsetTop + row.offsetHeight - box.clientHeight;
      }
    }
  }

  const indexAt = (event) => { const row = event.target.closest("tr[data-index]"); return row ? Number(row.dataset.index) : null; };
  table.addEventListener("pointerover", (event) => hover(indexAt(event)));
  table.addEventListener("pointerleave", () => hover(null));
  table.addEventListener("click", (event) => { const index = indexAt(event); if (index != null) select(index); });

  function drawSelection() {
    const open = store.selected != null;
    design.hidden = !open;
    layout.classList.toggle("with-design", open);
    document.body.classList.toggle("design-open", open);
    mark(true);
  }

  const stop = listen((what) => {
    if (["run", "runs", "detail", "connection"].some((w) => what.has(w))) drawHead();
    if (what.has("detail") || what.has("theme")) column.draw(what.has("theme"));
    if (what.has("front") && store.front !== shownFront) drawTable();
    if (["front", "detail", "axes", "run"].some((w) => what.has(w))) drawPickers();
    if (what.has("selection")) drawSelection();
    else if (what.has("hover")) mark(false);
  });
  drawHead();
  drawTable();
  drawPickers();
  drawSelection();
  return { close() { stop(); chart.close(); column.close(); panel.close(); document.body.classList.remove("design-open"); } };
}

function sideColumn(side) {
  const curveBox = h("div.curve");
  const curveNow = h("span.now");
  const bars = h("div.bars");
  const estimate = estimatePanel();
  const events = h("ol.events");
  side.append(
    h("section.panel", null, h("div.panel-head", null, h("h2", null, "Hypervolume"), curveNow), curveBox),
    estimate.element,
    h("section.panel", null, h("div.panel-head", null, h("h2", null, "What makes designs infeasible")), bars),
    h("section.panel.events-panel", null, h("div.panel-head", null, h("h2", null, "Last events")), events));
  let chart = null;
  const observer = new ResizeObserver(() => chart?.setSize({ width: curveBox.clientWidth - 16, height: 104 }));
  observer.observe(curveBox);

  function drawCurve(fresh) {
    const curve = store.detail?.curve;
    if (!curve || curve.evaluated.length < 2) {
      chart?.destroy();
      chart = null;
      curveNow.textContent = "";
      fill(curveBox, h("p.none.muted", null, "After the second round."));
      return;
    }
    curveNow.textContent = three(curve.hypervolume.at(-1));
    const data = [curve.evaluated, curve.hypervolume];
    if (chart && !fresh) return chart.setData(data);
    chart?.destroy();
    curveBox.replaceChildren();
    const style = getComputedStyle(document.documentElement), colour = (name) => style.getPropertyValue("--" + name).trim();
    const axis = { stroke: colour("muted"), grid: { stroke: colour("line"), width: 1 }, ticks: { show: false }, font: "11px " + getComputedStyle(document.body).fontFamily };
    chart = new uPlot({
      width: curveBox.clientWidth - 16 || 240, height: 104, legend: { show: false }, cursor: { show: false }, padding: [6, 18, 0, 0],
      scales: { x: { time: false } },
      axes: [{ ...axis, size: 22, space: 70, values: (_, ticks) => ticks.map(short) }, { ...axis, size: 36, space: 26 }],
      series: [{}, { stroke: colour("accent"), width: 1.8, paths: uPlot.paths.stepped({ align: 1 }), points: { show: false } }],
    }, data, curveBox);
  }

  function drawBars() {
    const run = store.detail;
    const constraints = store.header?.constraints ?? [];
    const counts = run?.missed ?? [];
    if (!run?.known || !counts.some((n) => n)) {
      fill(bars, h("p.none.muted", null, run?.known ? "Every design meets every constraint." : "Nothing evaluated yet."));
      return;
    }
    const order = counts.map((n, k) => [n, constraints[k] ?? "constraint " + (k + 1)]).filter(([n]) => n).sort((a, b) => b[0] - a[0]);
    fill(bars, order.map(([n, name]) => h("div.bar-row", { title: integer(n) + " of " + integer(run.known) + " designs" },
      h("span.bar-name", null, pretty(name)), h("span.bar-value", null, percent(n / run.known)),
      h("span.bar-track", null, h("i", { style: { width: (n / run.known) * 100 + "%" } })))),
    h("p.small.muted", null, integer(run.known - run.feasible) + " of " + integer(run.known) + " designs miss at least one"));
  }

  function drawEvents() {
    const notes = (store.detail?.notes ?? []).slice(0, 12);
    fill(events, notes.length ? notes.map((note) => h("li", null, h("time", null, clock(note.time)), h("span", null, words(note)))) : h("li.muted", null, "None yet."));
  }

  function words(note) {
    if (note.kind === "entered") {
      const list = axes();
      return [h("button.link", { type: "button", onclick: () => select(note.index) }, "#" + note.index), " ",
        note.values.map((v, k) => three(v) + " " + unit(list[k]?.unit || list[k]?.name || "")).join(", ")];
    }
    return note.kind === "state" ? "Run " + note.text : note.text;
  }

  function draw(fresh) { drawCurve(fresh); estimate.draw(); drawBars(); drawEvents(); }
  draw(true);
  return { draw, close() { observer.disconnect(); estimate.close(); chart?.destroy(); } };
}

function short(value) {
  return value >= 1e6 ? value / 1e6 + " M" : value >= 1e4 ? value / 1e3 + " k" : integer(value);
}
