// The Design panel: where energy, area and time of one design go, its layers, its accuracy, its spec.
import { h, fill, get, copy } from "/assets/elements.js";
import { store, listen, select, walk, axes, axisName, isCompared, toggleCompared } from "/assets/store.js";
import { floorplan } from "/assets/floorplan.js";
import { components, palette, partColour, COLOURS } from "/assets/parts.js";
import { metricOf, described, figure } from "/assets/metrics.js";
import { groupPath, tally, valueText } from "/assets/knobs.js";
import { quantity, withUnit, percent, three, unit, integer, pretty, between, bandOf, points, share } from "/assets/format.js";

const BAND = "Where sources disagree: every circuit at its low end, or at its high end";
// Metrics shown beside the objectives.
const HEADLINES = ["latency_ms", "snr_dB", "throughput_TOPS", "utilization"];
const CONFIDENCE = "Interval that holds it with 95 %, from the samples of one chip";
const NOISES = [["quantisation", "converter steps"], ["clipping", "clipping"], ["readout", "readout"], ["cells", "cells"], ["irDrop", "IR drop"], ["input", "inputs"]];

export function designPanel(parent) {
  let design = null, before = null, failure = "", part = null, tab = "energy", heat = false;

  async function load() {
    const index = store.view.selected, run = store.run;
    if (index == null || !run) { design = null; before = null; return; }
    failure = "";
    if (design?.index !== index) parent.setAttribute("aria-busy", "true");
    try {
      const [found] = await Promise.all([get("/api/runs/" + encodeURIComponent(run) + "/designs/" + index), described]);
      if (store.view.selected !== index || store.run !== run) return;
      if (design?.index !== index) before = design;
      design = found;
    } catch (problem) {
      if (store.view.selected !== index) return;
      design = null;
      failure = problem.message;
    }
    parent.removeAttribute("aria-busy");
    draw();
  }

  // Draws anew and puts the place that was read and the keyboard's focus back.
  function draw() {
    const active = parent.contains(document.activeElement) ? document.activeElement : null;
    const name = (element) => element.getAttribute("aria-label") ?? element.textContent;
    const kept = active && name(active), top = parent.scrollTop;
    paint();
    parent.scrollTop = top;
    if (kept) [...parent.querySelectorAll("button, summary, pre")].find((element) => name(element) === kept)?.focus({ preventScroll: true });
  }

  function paint() {
    const at = store.front.findIndex((m) => m.index === store.view.selected);
    const head = h("div.design-head", null,
      h("h2", null, "Design #" + store.view.selected),
      h("span.muted", null, at >= 0 ? (at + 1) + " of " + store.front.length + " on the front" : design ? "not on the front" : ""),
      h("span.push"),
      h("button.quiet.compare", { type: "button", "aria-pressed": isCompared(store.run, store.view.selected), "aria-label": "Compare this design", title: "Put beside others (c)", onclick: () => toggleCompared(store.run, store.view.selected) }, isCompared(store.run, store.view.selected) ? "Compared ✓" : "Compare"),
      h("button.quiet", { type: "button", onclick: () => walk(-1), "aria-label": "Previous on the front" }, "←"),
      h("button.quiet", { type: "button", onclick: () => walk(1), "aria-label": "Next on the front" }, "→"),
      h("button.quiet", { type: "button", onclick: () => select(null), "aria-label": "Close design" }, "×"));
    if (failure) return fill(parent, head, h("p.notice", null, failure));
    if (!design) return fill(parent, head, h("p.none.muted", null, "Loading design…"));
    const details = design.details;
    fill(parent, head, objectives(),
      design.warnings.filter((w) => w.startsWith("The log says")).map((w) => h("p.notice", null, w)),
      design.detailsMissing ? h("p.notice", null, "No breakdown: " + design.detailsMissing) : null,
      details ? [breakdown(details), tree(details), layers(details), floor(details)] : null, simulated(), details ? accuracy(details) : null,
      remarks(), knobs(), details ? spec(details) : null);
  }

  function objectives() {
    const constraints = store.header?.constraints ?? [];
    const missed = design.violations.map((v, k) => [v, constraints[k]]).filter(([v]) => v > 0);
    const totals = design.details?.totals ?? {};
    const bands = design.details?.bands ?? {};
    const band = (key) => (bands[key] ? between(bands[key].low, bands[key].nominal, bands[key].high) : "");
    const figures = axes().map((axis, k) => [axisName(axis), three(design.values[k]), axis.unit === axis.name ? "" : unit(axis.unit), band(axis.key)]);
    const named = new Set(axes().map((axis) => axis.key));
    for (const metric of HEADLINES.map(metricOf)) {
      if (metric && totals[metric.key] != null && !named.has(metric.key)) figures.push([metric.name, ...figure(metric, totals[metric.key])]);
    }
    if (design.accuracy) {
      figures.push(["simulated accuracy", (100 * design.accuracy.accuracy.value).toFixed(1), "%", share(design.accuracy.accuracy), CONFIDENCE]);
    }
    return [h("dl.figures", null, figures.map(([name, value, of, range, why]) => h("div", null, h("dt", null, name), h("dd", null, value, " ", h("small", null, of), range ? h("small.band", { title: why ?? BAND }, range) : null)))),
      missed.length ? h("p.notice", null, "Infeasible: ", missed.map(([v, c]) => pretty(c ?? "a limit") + " is missed by " + three(v)).join("; ")) : null];
  }

  function breakdown(details) {
    const names = palette(details);
    const colour = (name) => partColour(names, name);
    const shares = {};
    const row = (which, title, basis) => {
      const root = details.trees[which];
      if (!root) return null;
      const parts = components(root);
      shares[which] = parts;
      const order = [...names.filter((n) => parts.has(n)), ...[...parts.keys()].filter((n) => !names.includes(n))];
      const [value, of] = quantity(root.value, root.unit);
      const rest = order.filter((name) => names.indexOf(name) >= COLOURS && parts.get(name) > 0);
      const restShare = rest.reduce((sum, name) => sum + parts.get(name), 0) / root.value;
      return h("div.split", { class: "split " + which }, h("div.split-total", null, h("b", null, value), h("span", null, of), bandOf(root) ? h("small.band", { title: BAND }, bandOf(root) + " " + of) : null, h("small", null, basis)),
        h("div.split-bar", { role: "group", "aria-label": title }, order.map((name) => {
          const share = parts.get(name) / root.value;
          return share > 0 && !rest.includes(name) ? h("button.seg", { type: "button", title: name + ": " + withUnit(parts.get(name), root.unit) + ", " + percent(share), "aria-label": title + ", " + name + ", " + percent(share),
            "aria-pressed": part === name, "data-dim": part != null && part !== name, style: { "flex-grow": share * 1000, background: colour(name) },
            onclick: () => { part = part === name ? null : name; tab = which; draw(); } }, share > 0.13 ? h("span", null, name) : null) : null;
        }), restShare > 0 ? h("i.seg", { title: rest.join(", ") + ": " + percent(restShare), "data-dim": part != null && !rest.includes(part), style: { "flex-grow": restShare * 1000, background: "var(--part-rest)" } }) : null));
    };
    const latency = details.trees.latency;
    const rows = [row("energy", "Energy of one inference by part", "per inference"), row("area", "Area by part", "chip area"), latency ? timeRow(latency) : null];
    const listed = names.filter((n) => (shares.energy?.get(n) ?? 0) > 0 || (shares.area?.get(n) ?? 0) > 0);
    return h("section.block", null, h("h3", null, "Where it goes"), rows,
      h("table.list.parts", null, h("thead", null, h("tr", null, h("th", null, "Part"), h("th.num", null, "Energy"), h("th.num", null, "Share"), h("th.num", null, "Area"), h("th.num", null, "Share"))),
        h("tbody", null, listed.map((name) => {
          const e = shares.energy?.get(name), a = shares.area?.get(name);
          return h("tr", { class: part === name ? "selected" : "" }, h("td", null, h("button.link.part", { type: "button", "aria-pressed": part === name, onclick: () => { part = part === name ? null : name; draw(); } },
            h("i", { style: { background: colour(name) } }), name)),
          h("td.num", null, e == null ? "–" : withUnit(e, details.trees.energy.unit)), h("td.num", null, e == null ? "–" : percent(e / details.trees.energy.value)),
          h("td.num", null, a == null ? "–" : withUnit(a, details.trees.area.unit)), h("td.num", null, a == null ? "–" : percent(a / details.trees.area.value)));
        }))));
  }

  // Time is not spent by parts but by stages, so it has greys of its own; neighbours too short to be seen are one piece.
  function timeRow(root) {
    let at = root;
    while (at.parts?.length === 1 && at.parts[0].parts?.length) at = at.parts[0];
    const [value, of] = quantity(root.value, root.unit);
    const pieces = [];
    for (const stage of (at.parts ?? []).filter((p) => p.value > 0)) {
      const small = stage.value / root.value < 0.03, last = pieces.at(-1);
      if (small && last?.small) { last.value += stage.value; last.names.push(stage.name); }
      else pieces.push({ small, value: stage.value, names: [stage.name] });
    }
    const name = (p) => (p.names.length > 1 ? p.names.length + " stages, " + p.names[0] + " to " + p.names.at(-1) : p.names[0]);
    return h("div.split.time", null, h("div.split-total", null, h("b", null, value), h("span", null, of), h("small", null, "one inference")),
      h("div.split-bar", { role: "group", "aria-label": "Time by stage" }, pieces.map((p, k) => {
        const share = p.value / root.value;
        return h("button.seg", { type: "button", title: name(p) + ": " + withUnit(p.value, root.unit) + ", " + percent(share), "aria-label": "Time, " + name(p) + ", " + percent(share),
          style: { "flex-grow": share * 1000, background: k % 2 ? "var(--time-2)" : "var(--time-1)" }, onclick: () => { part = null; tab = "latency"; draw(); } },
        share > 0.09 ? h("span", null, p.names.length > 1 ? p.names.length + " stages" : p.names[0]) : null);
      })));
  }

  function tree(details) {
    const names = ["energy", "area", "latency", "power"].filter((name) => details.trees[name]);
    if (!names.length) return null;
    if (!names.includes(tab)) tab = names[0];
    const root = details.trees[tab];
    const rows = [];
    const wanted = (node) => part == null || node.name === part || (node.parts ?? []).some(wanted);
    const visit = (node, depth, inside) => {
      if (!inside && !wanted(node)) return;
      const here = inside || node.name === part;
      rows.push(h("tr", { class: depth === 0 ? "root" : "" },
        h("td", null, h("span.indent", { style: { "padding-left": depth * 14 + "px" } }, node.name)),
        h("td.num", null, withUnit(node.value, node.unit)), h("td.num", null, percent(node.value / root.value)),
        h("td.formula", null, node.formula || null, node.source ? h("div.source", null, node.source) : null,
          node.spread ? h("div.source.band", { title: BAND }, "band " + bandOf(node) + " " + quantity(node.value, node.unit)[1] + (node.spread.reason ? ": " + node.spread.reason : "")) : null)));
      for (const child of [...(node.parts ?? [])].sort((a, b) => b.value - a.value)) visit(child, depth + 1, here);
    };
    visit(root, 0, false);
    return h("section.block", null,
      h("div.block-head", null, h("h3", null, "Cost tree"), part ? h("button.chip-button", { type: "button", onclick: () => { part = null; draw(); } }, part + " ×") : null, h("span.push"),
        h("div.tabs", { role: "tablist" }, names.map((name) => h("button", { type: "button", role: "tab", "aria-selected": name === tab, onclick: () => { tab = name; draw(); } }, name === "latency" ? "time" : name)))),
      h("div.scroll.tree-scroll", null, h("table.list.tree", null, h("thead", null, h("tr", null, h("th", null, "Part"), h("th.num", null, "Value"), h("th.num", null, "Share"), h("th", null, "Formula and source"))), h("tbody", null, rows))));
  }

  function layers(details) {
    const rows = details.layers ?? [];
    if (!rows.length) return null;
    const most = Math.max(...rows.map((l) => l.energy_uJ));
    return h("section.block", null, h("div.block-head", null, h("h3", null, "Energy by layer"), h("span.muted", null, "in network order; highest " + withUnit(most, "uJ"))),
      h("div.columns", { role: "img", "aria-label": "Energy of each layer; the table below holds the same" }, rows.map((l) => h("i", { title: l.layer + ": " + withUnit(l.energy_uJ, "uJ"), style: { height: Math.max(1, (l.energy_uJ / most) * 100) + "%" } }))),
      h("details", null, h("summary", null, "Layers as a table"),
        h("div.scroll", null, h("table.list", null, h("thead", null, h("tr", null, h("th", null, "Layer"), h("th.num", null, "Energy"), h("th.num", null, "Time"), h("th.num", null, "SNR"), h("th.num", null, "Crossbars"), h("th.num", null, "Copies"), h("th.num", null, "Used"))),
          h("tbody", null, rows.map((l) => h("tr", null, h("td", null, l.layer), h("td.num", null, withUnit(l.energy_uJ, "uJ")), h("td.num", null, withUnit(l.latency_ms, "ms")), h("td.num", null, three(l.noise?.snr_dB) + " dB"), h("td.num", null, integer(l.mapping?.crossbars)), h("td.num", null, integer(l.mapping?.copies)), h("td.num", null, percent(l.mapping?.utilization)))))))));
  }

  function floor(details) {
    const names = palette(details);
    const plan = floorplan(details, { colour: (name) => partColour(names, name), part, heat, onpart: (name) => { part = part === name ? null : name; draw(); } });
    if (!plan) return null;
    const choose = (label, on) => h("button", { type: "button", role: "tab", "aria-selected": heat === on, onclick: () => { heat = on; draw(); } }, label);
    return h("section.block", null,
      h("div.block-head", null, h("h3", null, "Floorplan"), h("span.muted", null, "true areas, not places"), h("span.push"),
        details.trees.energy ? h("div.tabs", { role: "tablist" }, choose("parts", false), choose("energy per area", true)) : null),
      plan, heat ? h("div.heat-legend.small.muted", null, "⅛", h("i"), "8 times the chip's mean") : null);
  }

  // Bars of what was lost: the estimate, and what simulated chips say with its interval.
  function simulated() {
    const known = design.accuracy;
    if (!known) return null;
    const most = Math.max(known.loss.high, known.estimatedLoss ?? 0, 0.01), least = Math.min(0, known.loss.low);
    const at = (loss) => ((loss - least) / (most - least)) * 100 + "%";
    const bar = (loss) => ({ left: at(Math.min(0, loss)), width: (Math.abs(loss) / (most - least)) * 100 + "%" });
    return h("section.block", null,
      h("div.block-head", null, h("h3", null, "Accuracy: simulated chips"), h("span.muted", null, known.network + " on " + integer(known.samples) + " samples, " + known.draws + (known.draws === 1 ? " chip" : " chips") + ", seed " + known.seed + ", " + age(known.age_s))),
      h("div.losses", null,
        known.estimatedLoss == null ? null : [h("span.muted", null, "estimated loss"), h("span.loss-track", null, h("i.estimate", { style: bar(known.estimatedLoss) })), h("b", null, points(known.estimatedLoss) + " points")],
        h("span.muted", null, "simulated loss"), h("span.loss-track", { title: CONFIDENCE }, h("i", { style: bar(known.loss.value) }), h("em", { style: { left: at(known.loss.low), width: ((known.loss.high - known.loss.low) / (most - least)) * 100 + "%" } })),
        h("b", null, points(known.loss.value) + " points", h("small.muted", null, " " + points(known.loss.low) + " – " + points(known.loss.high)))),
      h("p.small.muted", null, "Right: " + percent(known.accuracy.value) + " of the samples (" + share(known.accuracy) + "); lost against the network as trained, on the same samples."));
  }

  function age(time_s) {
    if (!time_s) return "when programmed";
    for (const [size, name] of [[86400, "day"], [3600, "hour"], [1, "s"]]) {
      if (time_s >= size) { const n = three(time_s / size).replace(/\.0+$/, ""); return "after " + n + " " + name + (name === "s" || n === "1" ? "" : "s"); }
    }
    return "after " + three(time_s) + " s";
  }

  function accuracy(details) {
    const rows = (details.layers ?? []).filter((l) => Number.isFinite(l.noise?.snr_dB));
    if (!rows.length) return null;
    const limitText = (store.header?.constraints ?? []).find((c) => /^snr\s*>=/.test(c));
    const limit = limitText ? parseFloat(limitText.split(">=")[1]) : null;
    const values = rows.map((l) => l.noise.snr_dB);
    const high = Math.max(limit ?? 0, 1, ...values), low = Math.min(0, limit ?? 0, ...values);
    const top = high + 0.08 * (high - low), bottom = low < 0 ? low - 0.08 * (high - low) : 0;
    const share = (dB) => ((dB - bottom) / (top - bottom)) * 100;
    const lowest = rows.reduce((a, b) => (a.noise.snr_dB <= b.noise.snr_dB ? a : b));
    return h("section.block", null,
      h("div.block-head", null, h("h3", null, "Accuracy: SNR by layer"), h("span.muted", null, "lowest " + three(lowest.noise.snr_dB) + " dB in " + lowest.layer),
        limit != null ? h("span.muted", null, h("span.dashed"), pretty(limitText) + ", for the network") : null),
      h("div.columns.snr", { role: "img", "aria-label": "Signal-to-noise ratio of each layer" }, rows.map((l) => { const dB = l.noise.snr_dB; return h("i", { class: (limit != null && dB < limit ? "under" : "") + (dB < 0 ? " negative" : ""), title: l.layer + ": " + three(dB) + " dB", style: { height: Math.abs(share(dB) - share(0)) + "%", bottom: share(Math.min(dB, 0)) + "%" } }); }),
        low < 0 ? h("span.zero", { style: { bottom: share(0) + "%" } }, h("em", null, "0 dB")) : null,
        limit != null ? h("span.limit", { style: { bottom: share(limit) + "%" } }) : null),
      h("div.small.muted.above", null, "What the noise of each layer is made of"),
      h("div.columns.noise", { role: "img", "aria-label": "Shares of noise in each layer" }, rows.map((l) => {
        const sum = NOISES.reduce((s, [key]) => s + (l.noise[key] ?? 0), 0);
        return h("span.stack", { title: l.layer + ": " + NOISES.map(([key, name]) => name + " " + percent((l.noise[key] ?? 0) / sum)).join(", ") },
          NOISES.map(([key], k) => h("i", { style: { "flex-grow": sum > 0 ? ((l.noise[key] ?? 0) / sum) * 1000 : 0, background: "var(--part-" + (k + 1) + ")" } })));
      })),
      h("div.legend.small", null, NOISES.map(([, name], k) => h("span.part", null, h("i", { style: { background: "var(--part-" + (k + 1) + ")" } }), name))));
  }

  function remarks() {
    const words = design.warnings.filter((w) => !w.startsWith("The log says"));
    return words.length ? h("section.block", null, h("h3", null, "Remarks of the model"), words.map((w) => h("p.small.muted", null, w))) : null;
  }

  // Knobs by path; those of single layers under one path, with how many layers have which value.
  function knobs() {
    const previous = new Map((before?.knobs ?? []).filter((k) => k.ordinal >= 0).map((k) => [k.path, k.ordinal]));
    const rows = new Map();
    for (const knob of design.knobs.filter((k) => k.ordinal >= 0)) {
      const path = groupPath(knob.path), row = rows.get(path) ?? { values: [], title: [], changed: false };
      row.values.push(knob.value);
      row.title.push(knob.path + ": " + valueText(knob.value));
      row.changed ||= before != null && previous.get(knob.path) !== knob.ordinal;
      rows.set(path, row);
    }
    return h("section.block", null, h("div.block-head", null, h("h3", null, "Knobs"), before ? h("span.muted", null, h("span.changed-dot"), "differs from #" + before.index) : null),
      h("dl.knobs", null, [...rows].map(([path, row]) => h("div", { class: row.changed ? "changed" : "", title: row.title.join("\n") },
        h("dt", null, path), h("dd", null, tally(row.values))))));
  }

  function spec(details) {
    if (!details.spec) return design.specMissing ? h("p.block.small.muted", null, "No resolved spec: " + design.specMissing) : null;
    return h("section.block", null, h("div.block-head", null, h("h3", null, "Resolved spec"), h("span.push"), h("button.quiet", { type: "button", onclick: (event) => copy(details.spec, event.currentTarget) }, "Copy")),
      h("pre.spec-text", { tabindex: "0" }, details.spec));
  }

  const stop = listen((what) => {
    if (what.has("compared") && design) draw();
    if (what.has("selection") || what.has("run")) load();
    else if (store.view.selected != null && (failure || (!design && what.has("points")))) load();
    else if (what.has("front") && design && !design.accuracy && store.front.some((m) => m.index === design.index && m.accuracy)) load();
    else if (what.has("front") && design) parent.querySelector(".design-head .muted")?.replaceChildren(place());
  });
  const place = () => {
    const at = store.front.findIndex((m) => m.index === store.view.selected);
    return at >= 0 ? (at + 1) + " of " + store.front.length + " on the front" : "not on the front";
  };
  load();
  return { close: stop };
}
