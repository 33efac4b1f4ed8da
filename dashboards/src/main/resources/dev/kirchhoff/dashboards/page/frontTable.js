// Members of the front as a table: objectives, confidence, simulated accuracy, and of the knobs those that differ.
import { h, draw } from "/assets/dom.js";
import { store, listen, select, hover, axes, axisName } from "/assets/store.js";
import { knobColumns, shortPath } from "/assets/knobs.js";
import { integer, three, unit, points, share } from "/assets/format.js";

const KNEE =
  "knee: least sum of objectives on their axes, each scaled to the front's range, but to a decade, 10 dB or ten points of accuracy at most";
const KNOBS = 9;
const ROWS = 400;

export function frontTable(parent) {
  function show() {
    const { front } = store;
    const knobs = differing();
    const measured = measuredColumns();
    const list = axes();
    draw(
      parent,
      h(
        "div.panel-head",
        null,
        h("h2", null, "Front"),
        h(
          "span.muted",
          null,
          front.length ? integer(front.length) + " designs; of the knobs only those that differ" : "",
        ),
      ),
      front.length
        ? h(
            "div.scroll",
            { tabindex: 0, role: "region", "aria-label": "Front" },
            h(
              "table.list.front",
              {
                onpointerover: (e) => hover(indexAt(e)),
                onpointerleave: () => hover(null),
                onclick: (e) => indexAt(e) != null && select(indexAt(e)),
              },
              h(
                "thead",
                null,
                h(
                  "tr",
                  null,
                  h("th", null, "Design"),
                  list.map((axis) =>
                    h(
                      "th.num",
                      { key: axis.key },
                      axisName(axis),
                      axis.unit && axis.unit !== axis.name ? h("small", null, " " + unit(axis.unit)) : null,
                    ),
                  ),
                  measured.map((column) =>
                    h(
                      "th.num",
                      { key: column.name, title: column.title },
                      column.name,
                      h("small", null, " " + column.unit),
                    ),
                  ),
                  knobs.map((column) =>
                    h(
                      column.numeric ? "th.num" : "th",
                      { key: column.path, title: column.path },
                      shortPath(column.path),
                    ),
                  ),
                ),
              ),
              h(
                "tbody",
                null,
                front.slice(0, ROWS).map((member) =>
                  h(
                    "tr",
                    {
                      key: member.index,
                      "data-index": member.index,
                      class:
                        (member.index === store.hovered ? "hovered " : "") +
                        (member.index === store.view.selected ? "selected" : ""),
                    },
                    h(
                      "td",
                      null,
                      h("button.link", { type: "button", "data-index": member.index }, "#" + member.index),
                      member.knee ? h("span.knee", { title: KNEE }, "knee") : null,
                    ),
                    list.map((axis, k) => h("td.num", { key: axis.key }, three(member.values[k]))),
                    measured.map((column) => h("td.num", { key: column.name }, column.cell(member))),
                    knobs.map((column) =>
                      h(column.numeric ? "td.num" : "td", { key: column.path }, column.text(member.knobs)),
                    ),
                  ),
                ),
              ),
            ),
          )
        : h("p.none.muted", null, "No design meets every limit yet."),
    );
  }

  const indexAt = (event) => {
    const row = event.target.closest("tr[data-index]");
    return row ? Number(row.dataset.index) : null;
  };

  // Confidence in members, their simulated accuracy, and the estimate beside it unless it is an objective.
  function measuredColumns() {
    const columns = [];
    if (store.front.some((m) => m.onFront != null)) {
      columns.push({
        name: "on front",
        unit: "%",
        title:
          "Share of joint draws of the models' errors in which the design meets every limit and no other drawn design beats it",
        cell: (m) => (m.onFront == null ? "–" : Math.round(100 * m.onFront)),
      });
    }
    const known = store.front.map((m) => m.accuracy).filter(Boolean);
    if (!known.length) return columns;
    const basis =
      known[0].network +
      " on " +
      integer(known[0].samples) +
      " samples, " +
      known[0].draws +
      (known[0].draws === 1 ? " chip" : " chips") +
      "; 95 % intervals";
    if (known.some((a) => a.estimatedLoss != null) && !axes().some((axis) => axis.key === "accuracyLoss")) {
      columns.push({
        name: "loss, estimated",
        unit: "points",
        title: "Analytic estimate of the accuracy lost",
        cell: (m) => points(m.accuracy?.estimatedLoss),
      });
    }
    const interval = (text) => h("small.interval", null, text);
    columns.push({
      name: "loss, simulated",
      unit: "points",
      title: "Accuracy lost on simulated chips: " + basis,
      cell: (m) =>
        m.accuracy
          ? [
              points(m.accuracy.loss.value),
              interval(points(m.accuracy.loss.low) + " – " + points(m.accuracy.loss.high)),
            ]
          : "–",
    });
    columns.push({
      name: "accuracy",
      unit: "%",
      title: "Accuracy on simulated chips: " + basis,
      cell: (m) =>
        m.accuracy
          ? [(100 * m.accuracy.accuracy.value).toFixed(1), interval(share(m.accuracy.accuracy).replace(" %", ""))]
          : "–",
    });
    return columns;
  }

  // Knobs whose values split the front most evenly: kinds of circuits among them, not only those with many levels.
  function differing() {
    const entropy = (column) => {
      const counts = new Map();
      for (const m of store.front) counts.set(column.text(m.knobs), (counts.get(column.text(m.knobs)) ?? 0) + 1);
      let sum = 0;
      for (const n of counts.values()) sum -= (n / store.front.length) * Math.log(n / store.front.length);
      return sum;
    };
    return knobColumns(store.header?.knobs ?? [])
      .map((column, at) => ({ column, at, entropy: entropy(column) }))
      .filter((k) => k.entropy > 0)
      .sort((a, b) => (a.column.numeric === b.column.numeric ? b.entropy - a.entropy : a.column.numeric ? 1 : -1))
      .slice(0, KNOBS)
      .sort((a, b) => a.at - b.at)
      .map(({ column }) => column);
  }

  const stop = listen((what) => {
    if (["front", "header", "detail", "hover", "selection"].some((w) => what.has(w))) show();
  });
  show();
  return { close: stop };
}
