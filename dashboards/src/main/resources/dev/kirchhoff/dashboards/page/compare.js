// The Compare view: up to four designs side by side, of one run or of several; what differs first.
import { h, fill, get } from "/assets/elements.js";
import { address, toggleCompared, isCompared, compareAddress, showAddress } from "/assets/store.js";
import { metrics, described, figure, figureBand, better } from "/assets/metrics.js";
import { three, integer, percent, points, share, withUnit } from "/assets/format.js";
import { groupPath, tally } from "/assets/knobs.js";
import { components, partColour } from "/assets/parts.js";

export function compareView(parent, wanted) {
  let designs = [];

  async function load() {
    fill(parent, h("p.state", null, "Loading designs…"));
    designs = await Promise.all(wanted.map(async ({ run, index }) => {
      try {
        const at = "/api/runs/" + encodeURIComponent(run);
        const [whole, design] = await Promise.all([get(at), get(at + "/designs/" + index)]);
        return { run, index, header: whole.header, name: whole.run.name, design };
      } catch (problem) {
        return { run, index, problem: problem.message };
      }
    }));
    await described;
    draw();
  }

  function draw() {
    const good = designs.filter((d) => d.design);
    fill(parent, h("section.page.compare-page", null, h("h1", null, "Compare"),
      !wanted.length ? h("p.muted", null, "Nothing to compare yet: open a design of a run and press ", h("kbd", null, "c"), ", or its Compare button.") : null,
      designs.filter((d) => d.problem).map((d) => h("p.notice", null, d.problem)),
      notes(good).map((words) => h("p.notice", null, words)),
      good.length ? [panel("Figures", figures(good)), breakdown(good), knobs(good)] : null));
  }

  function panel(title, body, remark) {
    return h("section.panel", null, h("div.panel-head", null, h("h2", null, title), remark ? h("span.muted", null, remark) : null), h("div.scroll", null, body));
  }

  function heads(good) {
    const several = new Set(good.map((d) => d.run)).size > 1;
    return h("tr", null, h("th", null), good.map((d) => h("th.num", null,
      h("a", { href: address(d.run, d.index), "data-link": true }, "#" + d.index), several ? h("div.muted.run-name", { title: d.run }, d.name + " " + d.run.slice(-4)) : null,
      h("button.link.remove", { type: "button", "aria-label": "Take #" + d.index + " away", onclick: () => remove(d) }, "×"))));
  }

  function remove(d) {
    if (isCompared(d.run, d.index)) toggleCompared(d.run, d.index);
    wanted = wanted.filter((w) => w.run !== d.run || w.index !== d.index);
    designs = designs.filter((w) => w.run !== d.run || w.index !== d.index);
    showAddress(compareAddress(wanted));
    draw();
  }

  // Settings that comparable designs must share, from the specs and from the knobs.
  function notes(good) {
    const found = [];
    for (const [key, name] of [["workload", "workload"], ["precision", "precision"], ["technology", "technology"]]) {
      const path = key === "technology" ? /(^|[.])technology([.]|$)/ : new RegExp("^" + key + "([.[]|$)");
      const said = good.map((d) => JSON.stringify(d.header?.iso?.[key] ?? null) + JSON.stringify((d.design.knobs ?? []).filter((k) => path.test(k.path) && k.ordinal >= 0).map((k) => [k.path, k.value])));
      if (new Set(said).size > 1) found.push("Not the same " + name + ": figures are not of like with like.");
    }
    for (const d of good) {
      if (d.design.detailsMissing) found.push("#" + d.index + " has no breakdown: " + d.design.detailsMissing);
      if ((d.design.violations ?? []).some((v) => v > 0)) found.push("#" + d.index + " misses a constraint of its run.");
    }
    return found;
  }

  function figures(good) {
    const rows = [];
    for (const metric of metrics()) {
      const values = good.map((d) => number(d.design.details?.totals?.[metric.key]) ?? objective(d, metric.key));
      if (values.every((v) => v == null)) continue;
      rows.push(row(metric.title, values, better(metric), (value, d) =>
        [figure(metric, value).join(" ").trim(), figureBand(metric, d.design.details?.bands?.[metric.key]), metric.scale === "logarithmic"], good));
    }
    const known = good.map((d) => d.design.accuracy ?? null);
    if (known.some(Boolean)) {
      rows.push(row("accuracy lost, simulated", known.map((a) => a?.loss.value ?? null), null, (value, d) => [points(value) + " points", points(d.design.accuracy.loss.low) + " – " + points(d.design.accuracy.loss.high)], good));
      rows.push(row("accuracy, simulated", known.map((a) => a?.accuracy.value ?? null), null, (value, d) => [percent(value), share(d.design.accuracy.accuracy)], good));
    }
    return h("table.list.compare", null, h("thead", null, heads(good)), h("tbody", null, rows));
  }

  // A logged objective stands in where there is no details.
  function objective(d, key) {
    const at = (d.header?.axes ?? []).findIndex((axis) => axis.key === key && !axis.band);
    return at < 0 ? null : d.design.values?.[at] ?? null;
  }

  // A total that has no end is a word.
  function number(total) {
    return Number.isFinite(total) ? total : null;
  }

  // A row with the best value marked, where they look different, and each value's ratio to the first design's.
  function row(name, values, direction, print, good) {
    const there = values.filter((v) => v != null && isFinite(v));
    const best = direction == null || there.length < 2 || new Set(there).size < 2 ? null : direction === "higher" ? Math.max(...there) : Math.min(...there);
    const printedOf = values.map((value, k) => (value == null ? null : print(value, good[k])));
    const texts = new Set(printedOf.filter(Boolean).map(([text]) => text));
    const bestText = best == null || texts.size < 2 ? null : printedOf[values.indexOf(best)][0];
    return h("tr", null, h("th", { scope: "row" }, name), good.map((_, k) => {
      if (values[k] == null) return h("td.num.muted", null, "–");
      const [text, range, hasRatio] = printedOf[k];
      const ratio = hasRatio && k > 0 && values[0] > 0 && values[k] > 0 ? three(values[k] / values[0]) : "1.00";
      return h("td.num", { class: text === bestText ? "num best-value" : "num" }, h("span.value", null, text, text === bestText ? h("span.dir", { title: "best of these" }, " ●") : null),
        h("small.interval", null, [ratio === "1.00" ? "" : "× " + ratio, range].filter(Boolean).join("; ")));
    }));
  }

  // Energy and area of all designs on one scale and on the same colours.
  function breakdown(good) {
    const explained = good.filter((d) => d.design.details?.trees?.energy || d.design.details?.trees?.area);
    if (!explained.length) return null;
    const names = largestFirst(explained);
    return [["energy", "Energy of one inference"], ["area", "Area"]].map(([which, title]) => {
      const trees = explained.map((d) => d.design.details.trees[which]);
      if (trees.every((tree) => !tree)) return null;
      const most = Math.max(...trees.filter(Boolean).map((tree) => tree.value));
      const parts = trees.map((tree) => (tree ? components(tree) : new Map()));
      const listed = names.filter((name) => parts.some((p) => (p.get(name) ?? 0) > 0));
      const shown = listed.map((name) => [name, Math.max(...parts.map((p) => p.get(name) ?? 0))]).sort((a, b) => b[1] - a[1]).slice(0, 10).map(([name]) => name);
      return panel(title, [
        h("div.compare-bars", null, explained.map((d, k) => trees[k] ? [h("span.muted", null, "#" + d.index), h("div.compare-bar", { role: "img", "aria-label": title + " of #" + d.index + "; the table holds the same" },
          listed.map((name) => { const value = parts[k].get(name) ?? 0; return value > 0 ? h("i", { title: name + ": " + withUnit(value, trees[k].unit) + ", " + percent(value / trees[k].value), style: { width: (100 * value) / most + "%", background: partColour(names, name) } }) : null; })), h("b", null, withUnit(trees[k].value, trees[k].unit))] : null)),
        h("table.list.compare", null, h("thead", null, heads(explained)), h("tbody", null, shown.map((name) => h("tr", null, h("th", { scope: "row" }, h("span.part", null, h("i", { style: { background: partColour(names, name) } }), name)),
          explained.map((d, k) => { const value = parts[k].get(name); return value ? h("td.num", null, withUnit(value, trees[k].unit), h("small.interval", null, percent(value / trees[k].value))) : h("td.num.muted", null, "–"); })))))], "on one scale");
    });
  }

  // Parts of all designs, those first that anywhere take most energy, then those that have area alone.
  function largestFirst(explained) {
    const most = (which) => {
      const found = new Map();
      for (const d of explained) {
        const tree = d.design.details.trees[which];
        for (const [name, value] of tree ? components(tree) : []) found.set(name, Math.max(found.get(name) ?? 0, value));
      }
      return [...found].filter(([, value]) => value > 0).sort((a, b) => b[1] - a[1]).map(([name]) => name);
    };
    return [...new Set([...most("energy"), ...most("area")])];
  }

  function knobs(good) {
    const of = (d) => {
      const rows = new Map();
      for (const knob of (d.design.knobs ?? []).filter((k) => k.ordinal >= 0)) {
        const path = groupPath(knob.path);
        rows.set(path, [...(rows.get(path) ?? []), knob.value]);
      }
      return rows;
    };
    const all = good.map(of);
    const paths = [...new Set(all.flatMap((rows) => [...rows.keys()]))];
    const text = (rows, path) => (rows.has(path) ? tally(rows.get(path)) : "–");
    const differing = paths.filter((path) => new Set(all.map((rows) => text(rows, path))).size > 1);
    return panel("Knobs that differ", differing.length ? h("table.list.compare", null, h("thead", null, heads(good)),
      h("tbody", null, differing.map((path) => h("tr", null, h("th", { scope: "row" }, path), all.map((rows) => h("td.num", null, text(rows, path)))))))
      : h("p.none.muted", null, good.length > 1 ? "None." : "One design has nothing to differ from."), integer(paths.length - differing.length) + " are the same");
  }

  load();
  return { close() {} };
}
