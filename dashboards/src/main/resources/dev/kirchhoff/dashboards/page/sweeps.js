// Designs of a run by any two knobs: heat map with its numbers, or lines.
import { h, draw } from "/assets/dom.js";
import { store, listen, change, axisOf, valuesOnAxis, designAddress, select } from "/assets/store.js";
import { three, integer, unit, pretty } from "/assets/format.js";
import { pivot, sampleNotice, levelsWithDesigns, shades } from "/assets/pivot.js";
import { importance } from "/assets/analysis.js";
import { cloudOf } from "/assets/cloud.js";
import { plottedColumn } from "/assets/pricedView.js";
import { scale } from "/assets/scales.js";
import { csv } from "/assets/csv.js";
import { save } from "/assets/snapshot.js";

const STATISTICS = [
  ["best", "best"],
  ["median", "median"],
  ["count", "number"],
];
const SAMPLE = 20000; // designs by which knobs are ranked
const LINES = 8; // as many colours as are told apart
const PLOT = { width: 720, height: 360, left: 62, right: 14, top: 14, bottom: 44 };

// Knobs that differ between feasible designs, those that explain most of the objectives first; counts of layers last.
function knobs() {
  const { data, meets } = store;
  const axes = store.axes.filter((axis) => {
    const column = axis.kind === "knob" && axis.levels.length > 1 ? valuesOnAxis(axis) : null;
    return column && levelsWithDesigns(column, meets, data.n, axis.levels.length).length > 1;
  });
  const cloud = cloudOf(store);
  const shareOf = new Map();
  for (const { shares } of cloud ? importance(cloud, SAMPLE) : []) {
    for (const { axis, share } of shares) shareOf.set(axis.key, (shareOf.get(axis.key) ?? 0) + share);
  }
  const ranked = axes.slice().sort((a, b) => (shareOf.get(b.key) ?? 0) - (shareOf.get(a.key) ?? 0));
  return [...ranked.filter((axis) => !axis.layers), ...ranked.filter((axis) => axis.layers)];
}

// Table that is asked for: [rows, columns, quantity, statistic, form], kept in the address.
function asked(list) {
  const quantities = store.axes.filter((axis) => axis.kind === "quantity");
  const [rows, columns, quantity, statistic, form] = (store.view.tab ?? "").split("~");
  const known = (key) => (axisOf(key)?.kind === "knob" ? axisOf(key) : null);
  const down = known(rows) ?? list[0];
  const across = known(columns) ?? list.find((axis) => axis !== down);
  const of = axisOf(quantity);
  return {
    down,
    across: across === down ? list.find((axis) => axis !== down) : across,
    quantity: of?.kind === "quantity" ? of : quantities[0],
    statistic: STATISTICS.some(([word]) => word === statistic) ? statistic : "best",
    form: form === "lines" ? "lines" : "map",
    quantities,
  };
}

const titleOf = (axis) => pretty(axis.path ?? axis.title) + (axis.layers ? ", layers" : "");

export function sweepsPage(parent) {
  let last = { key: null, knobs: [] };

  function choices() {
    const { data } = store;
    const key = [
      store.run,
      data.n >> 9,
      data.knobs.length,
      store.axes.length,
      store.axes[0]?.key,
      !!cloudOf(store),
    ].join();
    if (last.key !== key) last = { key, knobs: knobs() };
    return last.knobs;
  }

  function show() {
    const { data } = store;
    const list = choices();
    const ask = asked(list);
    if (!data.loaded || (data.n && !data.knobs.length)) return draw(parent, h("p.state", null, "Loading designs…"));
    if (!ask.down || !ask.across || !ask.quantity) {
      return draw(
        parent,
        h(
          "section.state",
          null,
          h("h1", null, "Nothing to show"),
          h(
            "p",
            null,
            data.n ? "Fewer than two knobs differ between the feasible designs of this run." : "No design is here yet.",
          ),
        ),
      );
    }
    const value = plottedColumn(ask.quantity);
    draw(
      parent,
      h(
        "section.page.sweeps",
        null,
        h("div.sweep-bar", null, pickers(list, ask)),
        value ? table(ask, value) : h("p.state", null, "Loading " + pretty(ask.quantity.title) + "…"),
      ),
    );
  }

  function set(ask, part) {
    const next = { ...ask, ...part };
    if (part.down === next.across) next.across = ask.down;
    if (part.across === next.down) next.down = ask.across;
    change({ tab: [next.down.key, next.across.key, next.quantity.key, next.statistic, next.form].join("~") });
  }

  function pickers(list, ask) {
    const pick = (label, most, now, onpick) => {
      const choicesOf = most.includes(now) ? most : [...most, now];
      return h(
        "label.pick",
        null,
        h("span.muted", null, label),
        h(
          "select.quiet",
          {
            "aria-label": label,
            onchange: (event) => onpick(choicesOf.find((axis) => axis.key === event.target.value)),
          },
          choicesOf.map((axis) =>
            h("option", { key: axis.key, value: axis.key, selected: axis === now }, titleOf(axis)),
          ),
        ),
      );
    };
    return [
      h(
        "span.tabs",
        { role: "group", "aria-label": "Statistic" },
        STATISTICS.map(([word, name]) =>
          h(
            "button",
            {
              type: "button",
              "aria-pressed": String(word === ask.statistic),
              onclick: () => set(ask, { statistic: word }),
            },
            name,
          ),
        ),
      ),
      pick("of", ask.quantities, ask.quantity, (quantity) => set(ask, { quantity })),
      pick("down", list, ask.down, (down) => set(ask, { down })),
      pick("across", list, ask.across, (across) => set(ask, { across })),
      h(
        "span.tabs",
        { role: "group", "aria-label": "Form" },
        [
          ["map", "Heat map"],
          ["lines", "Lines"],
        ].map(([word, name]) =>
          h(
            "button",
            { type: "button", "aria-pressed": String(word === ask.form), onclick: () => set(ask, { form: word }) },
            name,
          ),
        ),
      ),
    ];
  }

  function table(ask, value) {
    const { data, meets } = store;
    const down = valuesOnAxis(ask.down);
    const across = valuesOnAxis(ask.across);
    const rows = levelsWithDesigns(down, meets, data.n, ask.down.levels.length);
    const columns = levelsWithDesigns(across, meets, data.n, ask.across.levels.length);
    const maximise = !!ask.quantity.maximise;
    const cells = pivot({
      down,
      across,
      value,
      counts: meets,
      n: data.n,
      rows: ask.down.levels.length,
      columns: ask.across.levels.length,
      maximise,
    });
    const grid = rows.map((r) => columns.map((c) => cells[r][c]));
    const view = {
      ask,
      grid,
      rows: rows.map((r) => ask.down.levels[r]),
      columns: columns.map((c) => ask.across.levels[c]),
    };
    const notice = sampleNotice(store.detail ?? store.runs.get(store.run), data);
    const counted = ask.statistic === "count";
    const word = counted
      ? "Number"
      : ask.statistic === "median"
        ? "Median " + pretty(ask.quantity.title)
        : (maximise ? "Highest " : "Lowest ") + pretty(ask.quantity.title);
    return [
      h(
        "div.panel",
        { "data-figure": "Sweep" },
        h(
          "div.panel-head",
          null,
          h("h2", null, word + (counted || !ask.quantity.unit ? "" : ", " + unit(ask.quantity.unit))),
          h(
            "span.muted",
            null,
            "of the feasible designs, by " + titleOf(ask.down) + " (down) and " + titleOf(ask.across) + " (across)",
          ),
          h("span.push"),
          h("button.link", { type: "button", onclick: () => saveCsv(view) }, "CSV"),
        ),
        ask.form === "lines" ? lines(view) : null,
        heat(view),
      ),
      notice ? h("p.notice", null, notice) : null,
      chosen(),
    ];
  }

  const figureOf = (cell, statistic) => (statistic === "count" ? cell.count : cell[statistic]);

  function heat({ ask, grid, rows, columns }) {
    const counted = ask.statistic === "count";
    const places = shades(
      grid.flat().map((cell) => (counted ? cell.count || null : figureOf(cell, ask.statistic))),
      {
        logarithmic: counted || ask.quantity.scale === "logarithmic",
        maximise: counted || ask.quantity.maximise !== false,
      },
    );
    return h(
      "div.scroll",
      { tabindex: 0, role: "region", "aria-label": "Table" },
      h(
        "table.heat",
        null,
        h(
          "thead",
          null,
          h(
            "tr",
            null,
            h("th", { scope: "col" }, titleOf(ask.down)),
            columns.map((text) => h("th", { scope: "col" }, text)),
          ),
        ),
        h(
          "tbody",
          null,
          grid.map((line, r) =>
            h(
              "tr",
              null,
              h("th", { scope: "row" }, rows[r]),
              line.map((cell, c) => heatCell(cell, ask, places[r * columns.length + c])),
            ),
          ),
        ),
      ),
    );
  }

  function heatCell(cell, ask, place) {
    if (!cell.count) return h("td", null, ask.statistic === "count" ? "0" : "–");
    const index = store.data.index[cell.at];
    const share = (0.04 + 0.96 * (place ?? 0)).toFixed(3);
    const figure = figureOf(cell, ask.statistic);
    const words =
      integer(cell.count) +
      (cell.count === 1 ? " design" : " designs") +
      ", best #" +
      integer(index) +
      " with " +
      three(cell.best) +
      " " +
      unit(ask.quantity.unit);
    return h(
      "td",
      {
        style: { "--share": share },
        "data-selected": store.view.selected === index ? "" : null,
      },
      h(
        "button",
        {
          type: "button",
          title: words,
          "aria-pressed": String(store.view.selected === index),
          onclick: () => select(index),
        },
        ask.statistic === "count" ? integer(figure) : three(figure),
      ),
    );
  }

  function chosen() {
    const index = store.view.selected;
    if (index == null) return h("p.muted", null, "A cell selects its best design.");
    return h(
      "p",
      null,
      "Selected: ",
      h("a", { href: designAddress(store.run, index), "data-link": true }, "design #" + integer(index)),
    );
  }

  function lines({ ask, grid, rows, columns }) {
    const { width, height, left, right, top, bottom } = PLOT;
    const statistic = ask.statistic;
    const all = grid
      .flat()
      .map((cell) => (cell.count ? figureOf(cell, statistic) : null))
      .filter((v) => v != null);
    if (!all.length) return null;
    const logarithmic = statistic !== "count" && ask.quantity.scale === "logarithmic" && Math.min(...all) > 0;
    const [least, most] = [Math.min(...all), Math.max(...all)];
    const air = logarithmic ? 1.08 : (most - least) * 0.06 || 1;
    const py = scale(
      logarithmic ? least / air : least - air,
      logarithmic ? most * air : most + air,
      logarithmic,
      height - bottom,
      top,
    );
    const px = (c) => left + ((width - left - right) * (c + 0.5)) / columns.length;
    const shown = grid.slice(0, LINES);
    return h(
      "div.sweep-lines",
      null,
      h(
        "svg",
        {
          viewBox: "0 0 " + width + " " + height,
          role: "img",
          "aria-label": "Lines; the table below holds the same numbers",
        },
        py
          .ticks(28)
          .map((tick) => [
            h("line", { class: "grid", x1: left, x2: width - right, y1: tick.at, y2: tick.at }),
            h("text", { x: left - 8, y: tick.at + 4, "text-anchor": "end" }, tick.text),
          ]),
        columns.map((text, c) => h("text", { x: px(c), y: height - bottom + 18, "text-anchor": "middle" }, text)),
        h(
          "text",
          { class: "title", x: (left + width - right) / 2, y: height - 6, "text-anchor": "middle" },
          titleOf(ask.across),
        ),
        shown.map((line, r) => {
          const points = line.map((cell, c) => (cell.count ? [px(c), py(figureOf(cell, statistic))] : null));
          const colour = "var(--part-" + (r + 1) + ")";
          return [
            h("path", { d: pathOf(points), style: { stroke: colour }, class: "line" }),
            points.map((at) => at && h("circle", { cx: at[0], cy: at[1], r: 3.5, style: { fill: colour } })),
          ];
        }),
      ),
      h(
        "div.legend",
        null,
        h("span", null, titleOf(ask.down)),
        shown.map((_, r) =>
          h("span.key.key-class", null, h("i", { style: { background: "var(--part-" + (r + 1) + ")" } }), rows[r]),
        ),
        grid.length > LINES ? h("span.muted", null, integer(grid.length - LINES) + " more in the table") : null,
      ),
    );
  }

  function saveCsv({ ask, grid, rows, columns }) {
    const name = [store.run, titleOf(ask.down), titleOf(ask.across), ask.statistic]
      .join("-")
      .replace(/[^A-Za-z0-9.-]+/g, "-");
    const text = csv(
      [titleOf(ask.down), ...columns],
      grid.map((line, r) => [rows[r], ...line.map((cell) => figureOf(cell, ask.statistic))]),
    );
    save(name + ".csv", text, "text/csv");
  }

  show();
  const stop = listen((what) => {
    if (
      ["data", "figures", "header", "detail", "metrics", "view", "limits", "prices", "tab", "selection"].some((word) =>
        what.has(word),
      )
    )
      show();
  });
  return { close: stop };
}

// A line through points; null interrupts it.
function pathOf(points) {
  let path = "";
  let pen = false;
  for (const at of points) {
    if (at) path += (pen ? "L" : "M") + at[0].toFixed(1) + " " + at[1].toFixed(1);
    pen = !!at;
  }
  return path;
}
