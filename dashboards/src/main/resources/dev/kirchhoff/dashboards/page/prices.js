// What-if of prices: one slider for energy and one for area of each circuit family. Cloud and front of the whole
// run move while one is dragged; the front as evaluated stays, drawn hollow.
import { afterPause } from "/assets/pause.js";
import { h, draw, make, copy } from "/assets/dom.js";
import { store, listen, change, changeEntry, axes, designAddress } from "/assets/store.js";
import { plot } from "/assets/plot.js";
import { pricesOf } from "/assets/priced.js";
import { plottedColumn } from "/assets/pricedView.js";
import { columnOf, extentOf, levelText } from "/assets/axes.js";
import { inksOfTheme } from "/assets/colours.js";
import { cloudOf, kneeRow } from "/assets/cloud.js";
import { representatives } from "/assets/analysis.js";
import { changesOf, isLoading, underText, waitingText } from "/assets/verdict.js";
import { hinted } from "/assets/hint.js";
import { integer, three, unit, withUnit, percent } from "/assets/format.js";

const LEAST = 0.1;
const MOST = 10;
const SHOWN = 12; // members in the table

export function pricesPage(parent) {
  const sliders = make("section.panel.prices-panel", { "aria-label": "Prices" });
  const plotPanel = make("section.panel.plot-panel", { "aria-label": "Designs under these prices" });
  const result = make("section.panel.priced-front", { "aria-label": "Front under these prices" });
  plotPanel.append(
    make(
      "div.panel-head",
      null,
      make("h2", null, "Designs under these prices"),
      make("span.muted", null, "hollow: the front as evaluated"),
    ),
  );
  parent.append(make("div.prices", null, sliders, plotPanel, result));
  const chart = plot(plotPanel, { ghost: ghostFront() });

  let offered = { data: null, list: [] };
  let shares = null; // of families in the costs of the front as it is priced, by key

  // Families that cost anything, largest share of the front as evaluated first, so that rows stay in place: { family, energy,
  // area } with these shares; null = no slider.
  function families() {
    const { data, header, front } = store;
    if (offered.data === data && offered.header === header && offered.front === front) return offered.list;
    const rows = front.map((member) => data.rowOf(member.index)).filter((row) => row >= 0);
    const found = new Map();
    for (const offer of pricesOf(header)?.offers((key) => data.figure(key), data.n, rows) ?? []) {
      const own = found.get(offer.family) ?? { family: offer.family, energy: null, area: null };
      own[offer.quantity] = offer.share;
      found.set(offer.family, own);
    }
    offered = { data, header, front, list: [...found.values()] };
    return offered.list;
  }

  function drawSliders() {
    const list = families();
    const prices = pricesOf(store.header);
    const unknown = store.view.prices.size ? (prices?.unknown ?? []) : [];
    const text = prices?.calibration(store.view.prices, "what-if of " + store.run);
    draw(
      sliders,
      h(
        "div.panel-head",
        null,
        h("h2", null, "Cost factors by circuit family"),
        store.view.prices.size
          ? h(
              "button.quiet.push-left",
              { type: "button", onclick: () => change({ prices: new Map() }) },
              "As evaluated",
            )
          : null,
      ),
      list.length
        ? h(
            "table.list.sliders",
            null,
            h(
              "thead",
              null,
              h(
                "tr",
                null,
                h("th", { scope: "col" }, "Family"),
                ["Energy", "Area"].map((quantity) =>
                  h("th", { scope: "col", key: quantity }, quantity, h("small", null, " factor, share now")),
                ),
              ),
            ),
            h(
              "tbody",
              null,
              list.map((one) =>
                h(
                  "tr",
                  { key: one.family },
                  h("th", { scope: "row", ...hinted(one.family) }, one.family),
                  ["energy", "area"].map((quantity) =>
                    h("td", { key: quantity }, one[quantity] != null ? slider(one, quantity) : "–"),
                  ),
                ),
              ),
            ),
          )
        : h("p.none.muted", null, waitingForCosts()),
      h(
        "p.none.muted",
        null,
        "Share now: part of the " +
          "energy or area of all members of the front, at these prices. A factor multiplies what the circuits of a family cost, as calibration in a spec does; wires grow with their tiles. Latency and signal-to-noise ratio stay. The front is one of the evaluated designs: a search at these prices finds as good or better ones.",
      ),
      unknown.length
        ? h("p.none.notice", null, "Does not follow from recorded costs, and stays: " + unknown.join(", ") + ".")
        : null,
      text ? h("pre.command.calibration", null, text) : null,
      text
        ? h(
            "p.selection-actions",
            null,
            h(
              "button.quiet",
              { type: "button", onclick: (event) => copy(text, event.currentTarget) },
              "Copy as calibration",
            ),
            h(
              "button.quiet",
              { type: "button", onclick: (event) => copy(command(), event.currentTarget) },
              "Copy command to search on",
            ),
          )
        : null,
      text
        ? h(
            "p.none.muted",
            null,
            "The command searches on from here: the spec of this run at these prices" +
              (store.view.limits.size ? " and limits" : "") +
              ", from the front as it is now.",
          )
        : null,
    );
  }

  // Words in place of the sliders while there are none.
  function waitingForCosts() {
    const { costing, header } = store;
    if (header?.costs?.refusal) return "No prices: " + header.costs.refusal.split("\n")[0].replace(/[.]$/, "") + ".";
    const { kept, unpriced } = costing ?? {};
    const done = unpriced > 0 ? ": " + integer(kept - unpriced) + " of " + integer(kept) + " designs" : "";
    return (costing ? "Computing" : "Loading") + " costs by circuit family" + done + "…";
  }

  function command() {
    const { data, members, view, header, run } = store;
    const designs = Array.from(members, (row) => data.index[row]);
    return pricesOf(header).command(view.prices, run, designs, view.limits);
  }

  // Share of a family at the prices that are set, and what it was as evaluated where that differs.
  function shareWords(one, quantity) {
    const before = percent(one[quantity]);
    const now = percent(shares?.get(one.family + "." + quantity) ?? one[quantity]);
    return now === before ? now : now + ", was " + before;
  }

  function slider(one, quantity) {
    const key = one.family + "." + quantity;
    const factor = store.view.prices.get(key) ?? 1;
    const set = (value) =>
      changeEntry("prices", key, Math.abs(value - 1) < 0.005 ? null : Number(value.toPrecision(3)));
    return h(
      "div.price",
      null,
      h("input", {
        type: "range",
        min: Math.log10(LEAST),
        max: Math.log10(MOST),
        step: "any",
        value: Math.log10(factor),
        "aria-label": quantity + " of " + one.family,
        "aria-valuetext": "times " + three(factor),
        oninput: (event) => set(10 ** Number(event.target.value)),
        onkeydown: (event) => {
          const by = { ArrowRight: 1.05, ArrowUp: 1.05, ArrowLeft: 1 / 1.05, ArrowDown: 1 / 1.05, Home: 0, End: 0 }[
            event.key
          ];
          if (by === undefined) return;
          event.preventDefault();
          set(by ? within(factor * by) : event.key === "Home" ? LEAST : MOST);
        },
      }),
      h(
        "span.factor",
        null,
        "× ",
        h("input", {
          size: 4,
          inputmode: "decimal",
          key: three(factor), // what is being typed stays while a run goes on
          defaultValue: three(factor),
          "aria-label": "factor on " + quantity + ", " + one.family,
          onchange: (event) => Number(event.target.value) > 0 && set(within(Number(event.target.value))),
        }),
      ),
      h("small.muted", null, shareWords(one, quantity)),
    );
  }

  // Best of each objective, knee, then the members farthest from those: { row, roles }.
  function representativeRows() {
    const cloud = cloudOf(store);
    if (!cloud) return null;
    const groups = representatives(cloud, kneeRow(store, cloud), SHOWN);
    const rank = ({ roles }) => (roles.some((role) => role.startsWith("best")) ? 0 : roles.length ? 1 : 2);
    return groups.map((group, k) => ({ group, k })).sort((a, b) => rank(a.group) - rank(b.group) || a.k - b.k);
  }

  // Best of each objective and knee, before and after.
  function changesLine() {
    const changes = changesOf(store);
    if (!changes) return null;
    const design = (one) => h("a", { href: designAddress(store.run, one.index), "data-link": true }, "#" + one.index);
    return h(
      "p.changes",
      { role: "status" },
      changes.map(({ name, unit: of, before, after }, k) => [
        k ? "; " : "",
        name === "knee"
          ? [
              "knee ",
              before ? design(before) : "none",
              before?.index === after?.index ? " stays" : [" → ", after ? design(after) : "none"],
            ]
          : [
              (k ? "" : "Best ") + (of === name ? "" : name + " "),
              before ? withUnit(before.value, of) : "–",
              before?.value === after?.value
                ? " stays"
                : [
                    " → ",
                    h("b", null, after ? withUnit(after.value, of) : "–"),
                    " (",
                    after ? design(after) : "–",
                    ")",
                  ],
            ],
      ]),
      ".",
    );
  }

  function drawResult() {
    const { data, members, front, view } = store;
    const before = new Set(front.map((member) => member.index));
    const now = new Set();
    for (const row of members) now.add(data.index[row]);
    const kept = [...now].filter((index) => before.has(index)).length;
    const objectives = axes().map((axis, k) => ({ ...axis, of: store.axes.find((one) => one.objective === k) }));
    const shown = representativeRows();
    // Kinds of circuits and cells, which prices choose between.
    const kinds = store.axes
      .filter((axis) => axis.kind === "knob" && !axis.numeric && axis.levels.length > 1)
      .slice(0, 4);
    draw(
      result,
      h(
        "div.panel-head",
        null,
        h("h2", null, view.limits.size ? "Front under these limits and prices" : "Front under these prices"),
        h(
          "span.muted",
          { role: "status" },
          isLoading(store)
            ? "loading…"
            : view.prices.size
              ? integer(members.length) +
                " members, " +
                integer(kept) +
                " of the " +
                integer(before.size) +
                " as evaluated stay, " +
                integer(members.length - kept) +
                " are new"
              : view.limits.size
                ? integer(members.length) + " members " + underText(store) + "; move a slider"
                : integer(members.length) + " members as evaluated; move a slider",
        ),
      ),
      changesLine(),
      h(
        "p.none.muted",
        null,
        "Rows: the best of each objective, the knee, then the members farthest from those shown.",
      ),
      h(
        "div.scroll",
        null,
        h(
          "table.list",
          null,
          h(
            "thead",
            null,
            h(
              "tr",
              null,
              h("th", null, "Design"),
              h("th", null, "Shown as"),
              objectives.map((axis) =>
                h(
                  "th.num",
                  { key: axis.key },
                  axis.name,
                  h("small", null, " " + unit(axis.unit === axis.name ? "" : axis.unit)),
                ),
              ),
              h("th", null, ""),
              kinds.map((axis) => h("th", { key: axis.key }, axis.title)),
            ),
          ),
          h(
            "tbody",
            null,
            shown == null ? h("tr", null, h("td.muted", { colspan: 3 }, waitingText(store))) : null,
            (shown ?? []).map(({ group: { row, roles } }) =>
              h(
                "tr",
                { key: data.index[row] },
                h(
                  "td",
                  null,
                  h("a", { href: designAddress(store.run, data.index[row]), "data-link": true }, "#" + data.index[row]),
                ),
                h(
                  "td",
                  null,
                  roles.map((role) => h("span.role", { key: role }, role)),
                  roles.length ? null : h("span.muted", null, "spread"),
                ),
                objectives.map((axis) =>
                  h("td.num", { key: axis.key }, three(axis.of ? plottedColumn(axis.of)?.[row] : null)),
                ),
                h("td.muted", null, before.has(data.index[row]) ? "" : "new"),
                kinds.map((axis) => h("td", { key: axis.key }, levelText(axis, columnOf(axis, data)[row]))),
              ),
            ),
          ),
        ),
      ),
    );
  }

  // What takes a moment is told once nothing was dragged for one.
  function drawShares() {
    const { data, header, members, view } = store;
    shares = view.prices.size
      ? (pricesOf(header)?.shares((key) => data.figure(key), members, view.prices) ?? null)
      : null;
    drawSliders();
    drawResult();
  }

  const settled = afterPause(drawShares, 150);
  const stop = listen((what) => {
    const any = (...words) => words.some((word) => what.has(word));
    if (any("header", "data", "figures", "front", "prices", "limits", "costs")) {
      drawSliders();
      settled.soon();
    }
  });
  drawSliders();
  drawResult();
  return {
    close() {
      stop();
      settled.cancel();
      chart.close();
    },
  };
}

const within = (factor) => Math.min(MOST, Math.max(LEAST, factor));

// The front as evaluated, drawn hollow.
function ghostFront() {
  const rows = () => store.front.map((member) => store.data.rowOf(member.index)).filter((row) => row >= 0);
  return {
    extent(axis) {
      const column = columnOf(axis, store.data);
      return column
        ? extentOf(
            Float64Array.from(rows(), (row) => column[row]),
            axis,
          )
        : null;
    },
    draw(g, plan) {
      if (!store.view.prices.size) return;
      const x = columnOf(plan.across, store.data);
      const y = columnOf(plan.up, store.data);
      if (!x || !y) return;
      g.strokeStyle = inksOfTheme().muted;
      g.lineWidth = 1.2;
      for (const row of rows()) {
        g.beginPath();
        g.arc(plan.px(x[row]), plan.py(y[row]), 3.5, 0, 7);
        g.stroke();
      }
    },
  };
}
