// Blocks that pages of designs share: figures, breakdown, limits, layers. Values in, nodes out; with a second design beside it
// each block tells the difference.
import { h } from "/assets/dom.js";
import { metricOf, figure, figureBand, bandTitle, better, workWord } from "/assets/metrics.js";
import { partsOf, stagesOf, partColour } from "/assets/parts.js";
import { changeText } from "/assets/ratios.js";
import { three, percent, withUnit, quantity, oneUnit, unit, pretty, bandOf } from "/assets/format.js";

export const BAND = "Where sources disagree: every circuit at its low end, or at its high end";

// Metrics that every design shows after its objectives, where it has them.
const HEADLINES = [
  "energyEfficiency_TOPSperW",
  "area_mm2",
  "energy_uJ",
  "latency_ms",
  "throughput_perS",
  "power_W",
  "snr_dB",
  "agreement",
  "accuracyLoss",
  "quality",
  "qualityLoss",
  "residual",
  "iterations",
  "energyToSolution_uJ",
  "timeToSolution_ms",
  "digitalShare",
  "writesPerTask",
  "tasksUntilWorn",
  "utilization",
  "crossbars",
  "tiles",
];

/** Causes of noise, in the order of the stacks. */
export const NOISES = [
  ["quantisation", "converter steps", "var(--noise-quantisation)"],
  ["clipping", "clipping", "var(--noise-clipping)"],
  ["readout", "readout", "var(--noise-readout)"],
  ["cells", "cells", "var(--noise-cells)"],
  ["irDrop", "IR drop", "var(--noise-irDrop)"],
  ["input", "inputs", "var(--noise-input)"],
];

/** Keys of the figures of a design: objectives first, of which a kernel that diverged has none. */
export function figureKeys(axes, totals) {
  const objectives = axes.map((axis) => axis.key);
  const keys = [...new Set([...objectives, ...HEADLINES])];
  return keys.filter((key) => metricOf(key) && (Number.isFinite(totals?.[key]) || objectives.includes(key)));
}

/** The difference of a figure to another, [text, "gain" | "loss" | ""]. */
export function difference(metric, now, before) {
  if (!Number.isFinite(now) || !Number.isFinite(before) || now === before) return ["", ""];
  const direction = better(metric);
  const kind = direction === null ? "" : now > before === (direction === "higher") ? "gain" : "loss";
  if (metric.scale === "logarithmic" && now > 0 && before > 0) {
    const text = changeText(Math.log(now / before), three);
    return [text, text === "±0 %" ? "" : kind];
  }
  const [text, of] = figure(metric, Math.abs(now - before));
  return [(now > before ? "+" : "−") + text + (of ? " " + of : ""), kind];
}

/** A difference that is told by sign and word, not by colour alone. */
export function Delta({ metric, now, before }) {
  const [text, kind] = difference(metric, now, before);
  if (!text) return null;
  return h(
    "span.delta",
    { "data-kind": kind, title: kind === "gain" ? "better than before" : kind === "loss" ? "worse than before" : "" },
    text,
    kind
      ? h("span.delta-mark", { "aria-label": kind === "gain" ? "better" : "worse" }, kind === "gain" ? " ▲" : " ▼")
      : null,
  );
}

/** Figures with their bands, and with their change where `before` is given. */
export function figures(axes, details, before = null) {
  const { totals, bands = {} } = details;
  return h(
    "dl.figure-grid",
    null,
    figureKeys(axes, totals).map((key) => {
      const metric = metricOf(key, details.units);
      const isThere = Number.isFinite(totals[key]);
      const [value, of] = isThere ? figure(metric, totals[key]) : ["none", ""];
      const around = isThere ? figureBand(metric, bands[key]) : "";
      const isObjective = axes.some((axis) => axis.key === key);
      return h(
        "div",
        { key, class: isObjective ? "objective" : "", "data-metric": key },
        h("dt", { title: isThere ? bandTitle(metric.title, bands, key) : metric.title }, metric.name),
        h("dd", null, h("b", null, value), " ", h("small", null, of)),
        before
          ? h("dd.change", null, h(Delta, { metric, now: totals[key], before: before.totals[key] }))
          : around
            ? h("dd.around", { title: BAND }, around)
            : null,
      );
    }),
  );
}

/** Slack of each limit, the tightest first. */
export function limits(list, before = null) {
  if (!list?.length) return h("p.none.muted", null, "The run has no limits.");
  const known = new Map((before ?? []).map((limit) => [limit.limit, limit]));
  const order = [...list].sort((a, b) => (a.share ?? (a.isMet ? 1e9 : -1e9)) - (b.share ?? (b.isMet ? 1e9 : -1e9)));
  return h(
    "div.slacks",
    null,
    order.map((limit) => {
      const was = known.get(limit.limit);
      const [of, where] = (limit.unit ?? "").split(/ (?=at the |in the )/); // "points at the low end of the band"
      const amount = limit.slack == null ? "not judged" : three(Math.abs(limit.slack)) + " " + unit(of);
      const words = limit.slack == null ? amount : limit.isMet ? amount + " to spare" : "missed by " + amount;
      const size = Math.min(1, Math.abs(limit.share ?? 1));
      const moved =
        was && was.slack != null && limit.slack != null && Math.abs(was.slack - limit.slack) > 1e-9
          ? (limit.slack > was.slack ? "+" : "−") + three(Math.abs(limit.slack - was.slack)) + " " + unit(of)
          : "";
      return h(
        "div.slack",
        { key: limit.limit, "data-met": limit.isMet, "data-tight": limit.isMet && (limit.share ?? 1) < 0.05 },
        h(
          "span.slack-name",
          null,
          pretty(limit.limit + (/[<>]= *[-+.\de]+$/.test(limit.limit) ? " " + limit.unit : "")),
        ),
        h("span.slack-bar", { "aria-hidden": "true" }, h("i", { style: { width: 100 * size + "%" } })),
        h(
          "span.slack-words",
          null,
          words,
          limit.share != null
            ? h(
                "small.muted",
                null,
                " " + percent(limit.share).replace("-", "−") + " of the limit" + (where ? ", " + where : ""),
              )
            : null,
          moved ? h("small.delta", null, " " + moved) : null,
        ),
      );
    }),
  );
}

/** Bars of energy, area and time; parts have their colours, stages greys. A part may be picked. */
export function breakdown(
  details,
  {
    before = null,
    picked = null,
    onpick = null,
    figuresOf = ["energy", "area", "latency"],
    scale = 0,
    bare = false,
    work = workWord(),
  } = {},
) {
  const most = (which) => Math.max(scale, details.trees[which]?.value ?? 0, before?.trees[which]?.value ?? 0);
  const names = {
    energy: "Energy of one " + work,
    area: "Area of the chip",
    latency: "Time of one " + work,
    power: "Power when busy",
  };
  return h(
    "div.splits",
    null,
    figuresOf
      .filter((which) => details.trees[which])
      .map((which) => {
        const row = (tree, title) => bar(which, tree, most(which), title, picked, onpick);
        return h(
          "div.split-row",
          { key: which, class: which },
          bare ? null : h("span.split-name", null, names[which]),
          h(
            "div.split-bars",
            null,
            before?.trees[which] ? row(before.trees[which], "before") : null,
            row(details.trees[which], before ? "now" : ""),
          ),
        );
      }),
  );
}

function bar(which, tree, most, title, picked, onpick) {
  const pieces = which === "latency" ? stagePieces(tree) : partsOf(tree).filter((part) => part.value > 0);
  const [value, of] = quantity(tree.value, tree.unit);
  return h(
    "div.split-line",
    { "data-when": title || null },
    title ? h("span.split-when", null, title) : null,
    h(
      "span.split-track",
      null,
      h(
        "span.split-fill",
        {
          style: { width: (100 * tree.value) / most + "%" },
          role: "group",
          "aria-label": "Parts; the table below has the same",
        },
        pieces.map((piece) =>
          h(onpick ? "button.seg" : "i.seg", {
            key: piece.key ?? piece.label,
            type: onpick ? "button" : null,
            title: piece.label + ": " + withUnit(piece.value, tree.unit) + ", " + percent(piece.value / tree.value),
            "aria-label": onpick ? piece.label + ", " + percent(piece.value / tree.value) : null,
            "aria-pressed": onpick ? String(picked === piece.name) : null,
            "data-dim": picked != null && which !== "latency" && picked !== piece.name ? "true" : null,
            style: { flexGrow: (piece.value / tree.value) * 1000, background: piece.colour ?? partColour(piece.name) },
            onclick: onpick ? () => onpick(piece.name, which) : null,
          }),
        ),
      ),
    ),
    h(
      "span.split-total",
      null,
      h("b", null, value),
      " " + of,
      bandOf(tree) ? h("small.muted", { title: BAND }, " (" + bandOf(tree) + ")") : null,
    ),
  );
}

// Stages one after another; neighbours too short to be seen are one piece.
function stagePieces(root) {
  const pieces = [];
  for (const stage of stagesOf(root)) {
    const small = stage.value / root.value < 0.02;
    const last = pieces.at(-1);
    if (small && last?.small) {
      last.value += stage.value;
      last.names.push(stage.name);
    } else pieces.push({ small, value: stage.value, names: [stage.name] });
  }
  return pieces.map((piece, k) => ({
    name: piece.names[0],
    label: piece.names.length > 1 ? piece.names[0] + " to " + piece.names.at(-1) : piece.names[0],
    key: k + piece.names[0],
    value: piece.value,
    colour: k % 2 ? "var(--time-2)" : "var(--time-1)",
  }));
}

/** The table of the parts: what the bars show, as numbers. */
export function partTable(details, { before = null, picked = null, onpick = null } = {}) {
  const trees = ["energy", "area"].filter((which) => details.trees[which]);
  const of = (which, from) => new Map(partsOf(from.trees[which] ?? { parts: [] }).map((part) => [part.key, part]));
  const now = trees.map((which) => of(which, details));
  const was = before ? trees.map((which) => of(which, before)) : null;
  const keys = [...new Set(now.flatMap((parts) => [...parts.keys()]))].filter((key) =>
    now.some((parts) => (parts.get(key)?.value ?? 0) > 0),
  );
  return h(
    "div.scroll",
    { tabindex: "0", role: "region", "aria-label": "Parts" },
    h(
      "table.list.part-table",
      null,
      h(
        "thead",
        null,
        h(
          "tr",
          null,
          h("th", null, "Part"),
          trees.map((which) => [
            h("th.num", null, which === "energy" ? "Energy" : "Area"),
            h("th.num", null, before ? "Change" : "Share"),
          ]),
        ),
      ),
      h(
        "tbody",
        null,
        keys.map((key) => {
          const part = now.map((parts) => parts.get(key)).find(Boolean);
          return h(
            "tr",
            { key, class: picked === part.name ? "selected" : "" },
            h(
              "th",
              { scope: "row" },
              onpick
                ? h(
                    "button.link.part",
                    { type: "button", "aria-pressed": String(picked === part.name), onclick: () => onpick(part.name) },
                    swatch(part.name),
                    part.label,
                  )
                : h("span.part", null, swatch(part.name), part.label),
            ),
            trees.map((which, t) => {
              const here = now[t].get(key);
              if (!here) return [h("td.num.muted", null, "–"), h("td.num.muted", null, "–")];
              const old = was?.[t].get(key)?.value;
              const change = was
                ? old > 0
                  ? changeText(Math.log(here.value / old), three)
                  : "new"
                : percent(here.share);
              return [h("td.num", null, withUnit(here.value, details.trees[which].unit)), h("td.num", null, change)];
            }),
          );
        }),
      ),
    ),
  );
}

export function swatch(name) {
  return h("i.swatch", { style: { background: partColour(name) }, "aria-hidden": "true" });
}

/** Layers in one grid: mapping, when they run, energy, signal-to-noise ratio and the causes of their noise. */
export function layers(details, { before = null, limit = null } = {}) {
  const rows = details.layers ?? [];
  if (!rows.length) return h("p.none.muted", null, "The design runs no network.");
  const end = Math.max(...rows.map((row) => row.timing?.end_ms ?? 0));
  const mostEnergy = Math.max(...rows.map((row) => row.energy_uJ));
  const energies = oneUnit(
    rows.map((row) => row.energy_uJ),
    "uJ",
  );
  const ratios = rows.map((row) => row.noise?.snr_dB).filter(Number.isFinite);
  const [low, high] = [Math.min(0, ...ratios), Math.max(limit ?? 1, ...ratios)];
  const several = new Set(rows.map((row) => row.network)).size > 1;
  const known = new Map((before?.layers ?? []).map((row) => [row.network + "/" + row.layer, row]));
  return h(
    "div.scroll",
    { tabindex: "0", role: "region", "aria-label": "Layers" },
    h(
      "table.list.layer-table",
      null,
      h(
        "thead",
        null,
        h(
          "tr",
          null,
          h("th", null, "Layer"),
          h("th.num", { title: "Crossbars of one copy × copies for throughput" }, "Crossbars"),
          h("th.num", { title: "Used cells over the cells of those crossbars" }, "Used"),
          h(
            "th.broad",
            { title: "Start to end in one " + workWord() + "; dark: busy by itself" },
            "Runs, of " + withUnit(end, "ms"),
          ),
          h("th.num", null, "Energy"),
          h("th.broad", null, h("span.sr-only", null, "Energy as a bar")),
          h("th.num", null, "SNR"),
          h("th.broad", null, "Noise by cause"),
        ),
      ),
      h(
        "tbody",
        null,
        rows.map((row) => {
          const old = known.get(row.network + "/" + row.layer);
          const noise = row.noise;
          const sum = NOISES.reduce((s, [key]) => s + (noise?.[key] ?? 0), 0);
          const { timing } = row;
          return h(
            "tr",
            { key: row.network + "/" + row.layer, title: row.network + " " + row.layer },
            h("th", { scope: "row" }, several ? row.network + "/" + row.layer : row.layer),
            h("td.num", null, row.mapping.crossbars + (row.mapping.copies > 1 ? " × " + row.mapping.copies : "")),
            h("td.num", null, percent(row.mapping.utilization)),
            h(
              "td.broad",
              null,
              timing
                ? h(
                    "span.gantt",
                    {
                      role: "img",
                      "aria-label":
                        "runs from " +
                        withUnit(timing.start_ms, "ms") +
                        " to " +
                        withUnit(timing.end_ms, "ms") +
                        ", busy " +
                        withUnit(timing.busy_ms, "ms"),
                      title:
                        "from " +
                        withUnit(timing.start_ms, "ms") +
                        " to " +
                        withUnit(timing.end_ms, "ms") +
                        ", busy " +
                        withUnit(timing.busy_ms, "ms") +
                        (timing.startsAfter ? "; starts after " + timing.startsAfter : ""),
                    },
                    h("i.span", {
                      style: {
                        left: (100 * timing.start_ms) / end + "%",
                        width: (100 * (timing.end_ms - timing.start_ms)) / end + "%",
                      },
                    }),
                    h("i.busy", {
                      style: { left: (100 * timing.start_ms) / end + "%", width: (100 * timing.busy_ms) / end + "%" },
                    }),
                  )
                : null,
            ),
            h(
              "td.num",
              null,
              energies.text(row.energy_uJ) + " " + energies.unit,
              old ? h("small.delta", null, " " + changeText(Math.log(row.energy_uJ / old.energy_uJ), three)) : null,
            ),
            h(
              "td.broad",
              null,
              h("span.bar-cell", null, h("i", { style: { width: (100 * row.energy_uJ) / mostEnergy + "%" } })),
            ),
            h(
              "td.num",
              { class: limit != null && noise && noise.snr_dB < limit ? "under" : "" },
              Number.isFinite(noise?.snr_dB) ? three(noise.snr_dB) + " dB" : "–",
              old && Number.isFinite(noise?.snr_dB) && Math.abs(noise.snr_dB - old.noise.snr_dB) > 0.005
                ? h(
                    "small.delta",
                    null,
                    " " +
                      (noise.snr_dB > old.noise.snr_dB ? "+" : "−") +
                      three(Math.abs(noise.snr_dB - old.noise.snr_dB)),
                  )
                : null,
            ),
            h(
              "td.broad",
              null,
              sum > 0
                ? h(
                    "span.noise-stack",
                    {
                      role: "img",
                      "aria-label": NOISES.map(([key, name]) => name + " " + percent((noise[key] ?? 0) / sum)).join(
                        ", ",
                      ),
                      title: NOISES.map(([key, name]) => name + " " + percent((noise[key] ?? 0) / sum)).join(", "),
                      style: { width: snrWidth(noise.snr_dB, low, high) + "%" },
                    },
                    NOISES.map(([key, , colour]) =>
                      h("i", { key, style: { flexGrow: ((noise[key] ?? 0) / sum) * 1000, background: colour } }),
                    ),
                  )
                : null,
            ),
          );
        }),
      ),
    ),
  );
}

// More noise is a longer stack: the ratio in dB turned round, at least a fifth so that its causes can be seen.
function snrWidth(dB, low, high) {
  return high > low ? 20 + (80 * (high - Math.max(low, Math.min(high, dB)))) / (high - low) : 100;
}

/** Shares of the causes in the noise of the worst network, mean over its layers; with another design beside it on one scale. */
export function noiseBars(details, before = null) {
  const of = (from) => {
    const rows = (from?.layers ?? []).filter((row) => Number.isFinite(row.noise?.snr_dB));
    return NOISES.map(([key]) => rows.reduce((sum, row) => sum + (row.noise[key] ?? 0), 0) / Math.max(1, rows.length));
  };
  const now = of(details);
  const was = before ? of(before) : null;
  const sum = (list) => list.reduce((s, value) => s + value, 0);
  const most = Math.max(sum(now), was ? sum(was) : 0);
  if (!(most > 0)) return null;
  const line = (list, title) =>
    h(
      "div.split-line",
      { "data-when": title || null },
      title ? h("span.split-when", null, title) : null,
      h(
        "span.split-track",
        null,
        h(
          "span.split-fill",
          {
            style: { width: (100 * sum(list)) / most + "%" },
            role: "img",
            "aria-label": NOISES.map(([, name], k) => name + " " + percent(list[k] / sum(list))).join(", "),
          },
          NOISES.map(([key, name, colour], k) =>
            h("i.seg", {
              key,
              title: name + ": " + percent(list[k] / sum(list)),
              style: { flexGrow: (list[k] / sum(list)) * 1000, background: colour },
            }),
          ),
        ),
      ),
      h("span.split-total", null, h("b", null, three(-10 * Math.log10(sum(list)))), " dB"),
    );
  return h(
    "div.splits",
    null,
    h(
      "div.split-row",
      null,
      h("span.split-name", { title: "Mean over the layers of noise over signal" }, "Noise, mean of layers"),
      h("div.split-bars", null, was ? line(was, "before") : null, line(now, was ? "now" : "")),
    ),
    noiseLegend(),
  );
}

export function noiseLegend() {
  return h(
    "div.legend.small",
    null,
    NOISES.map(([key, name, colour]) =>
      h("span.part", { key }, h("i.swatch", { style: { background: colour }, "aria-hidden": "true" }), name),
    ),
  );
}
