// Designs one knob away, with what each would gain and cost; and the sources that a design's figures err by.
import { h } from "/assets/dom.js";
import { metricOf, figure } from "/assets/metrics.js";
import { difference } from "/assets/designBlocks.js";
import { valueText } from "/assets/knobs.js";
import { addressOf } from "/assets/address.js";
import { percent, pretty, three, unit } from "/assets/format.js";

/**
 * Improvement of an objective, positive = better: ln of the ratio, or the difference on a linear axis. A value where there was none,
 * as of a kernel that has diverged, is better than any other.
 */
export function gain(axis, now, before) {
  const has = Number.isFinite(now);
  const had = Number.isFinite(before);
  if (!has || !had) return has === had ? 0 : has ? Infinity : -Infinity;
  const sign = axis.maximise ? 1 : -1;
  if (axis.scale === "logarithmic" && now > 0 && before > 0) return sign * Math.log(now / before);
  return sign * (now - before);
}

/**
 * Neighbours in the order of what they tell: better in every objective, then those that meet every limit and gain somewhere, then
 * those that would gain but for a limit, then the rest; among their like by the sum of gains. Pure.
 */
export function ranked(list, axes, values) {
  return list
    .map((neighbour) => {
      const gains = axes.map((axis, k) => gain(axis, neighbour.values[k], values[k]));
      const feasible = neighbour.missed.length === 0;
      const gaining = Math.max(...gains) > LEAST;
      const dominates = feasible && gaining && Math.min(...gains) >= -LEAST;
      const kind = dominates ? 0 : feasible && gaining ? 1 : gaining ? 2 : 3;
      return { ...neighbour, gains, feasible, dominates, kind, sum: gains.reduce((s, value) => s + value, 0) };
    })
    .sort((a, b) => a.kind - b.kind || b.sum - a.sum);
}

// Gains below are rounding.
const LEAST = 1e-9;

const FEW = 12;

/** @param ordinals ordinals of the design; `tryAddress(neighbour)` leads to the what-if with that knob moved */
export function neighbourTable({ list, axes, values, knobs, ordinals, all, onall, tryAddress }) {
  const order = ranked(list, axes, values);
  const useful = order.filter((neighbour) => neighbour.kind < 2);
  const better = order.filter((neighbour) => neighbour.dominates).length;
  const beyond = order.filter((neighbour) => neighbour.kind === 2).length;
  const shown = all ? order : order.slice(0, FEW);
  return [
    h(
      "p.small.muted",
      null,
      list.length + " designs are one knob away: ",
      better
        ? h("b", null, better + (better === 1 ? " dominates" : " dominate") + " the design")
        : "none dominates the design",
      "; " +
        useful.length +
        " meet every limit and improve an objective" +
        (beyond ? ", " + beyond + " would improve one but miss a limit" : "") +
        ".",
    ),
    h(
      "div.scroll",
      { tabindex: "0", role: "region", "aria-label": "Neighbours" },
      h(
        "table.list.neighbours",
        null,
        h(
          "thead",
          null,
          h(
            "tr",
            null,
            h("th", null, "Knob"),
            h("th", null, "From → to"),
            axes.map((axis) => h("th.num", { key: axis.key }, axis.name)),
            h("th", null, "Limits"),
            h("th", null, h("span.sr-only", null, "Try")),
          ),
        ),
        h(
          "tbody",
          null,
          shown.map((neighbour) => {
            const knob = knobs[neighbour.knob];
            return h(
              "tr",
              {
                key: neighbour.knob + ":" + neighbour.ordinal,
                "data-feasible": neighbour.feasible,
                "data-better": neighbour.dominates,
              },
              h("th", { scope: "row", title: knob.path }, knob.path),
              h(
                "td",
                null,
                valueText(knob.values[ordinals[neighbour.knob]]),
                " → ",
                h("b", null, valueText(knob.values[neighbour.ordinal])),
              ),
              axes.map((axis, k) => {
                const metric = metricOf(axis.key) ?? {
                  scale: axis.scale,
                  better: axis.maximise ? "higher" : "lower",
                  format: "number",
                  unit: axis.unit,
                };
                const [text, kind] = difference(
                  { ...metric, better: axis.maximise ? "higher" : "lower" },
                  neighbour.values[k],
                  values[k],
                );
                const [value, of] = figure(metric, neighbour.values[k]);
                const isNew = Number.isFinite(neighbour.values[k]) && !Number.isFinite(values[k]);
                return h(
                  "td.num",
                  { key: axis.key, title: value + " " + of },
                  h(
                    "span.delta",
                    { "data-kind": kind },
                    isNew ? value + " " + of : text || "same",
                    kind
                      ? h(
                          "span.delta-mark",
                          { "aria-label": kind === "gain" ? "better" : "worse" },
                          kind === "gain" ? " ▲" : " ▼",
                        )
                      : null,
                  ),
                );
              }),
              h(
                "td.limits-cell",
                null,
                neighbour.feasible
                  ? h("span.muted", null, "all met")
                  : neighbour.missed.map((limit) =>
                      h(
                        "span.missed",
                        {
                          key: limit.limit,
                          title: "by " + (limit.slack == null ? "all" : three(-limit.slack) + " " + unit(limit.unit)),
                        },
                        "misses " + pretty(limit.limit),
                      ),
                    ),
              ),
              h("td", null, h("a.link", { href: tryAddress(neighbour), "data-link": true }, "Try")),
            );
          }),
        ),
      ),
    ),
    order.length > FEW
      ? h("button.link.small", { type: "button", onclick: onall }, all ? "Fewer" : "All " + order.length)
      : null,
  ];
}

/** Address of the what-if with one knob of a design moved. */
export function tryAddress(run, index, view) {
  return (neighbour) =>
    addressOf({ page: "whatif", run }, { ...view, selected: index, tab: neighbour.knob + ":" + neighbour.ordinal });
}

const SOURCES = 6;

/** Sources of the error of each objective as a tornado: the first is to be measured or calibrated next. */
export function tornado(errors) {
  const told = errors.filter((objective) => objective.sources.length);
  if (!told.length) return h("p.none.muted", null, "The sources agree about this design.");
  return told.map((objective) => {
    const shown = objective.sources.slice(0, SOURCES).filter((source) => source.share >= 0.005);
    const widest = Math.max(
      ...shown.flatMap((source) => [Math.abs(Math.log(source.low)), Math.abs(Math.log(source.high))]),
    );
    const place = (factor) => 50 + (50 * Math.log(factor)) / widest;
    const [first] = shown;
    return h(
      "div.tornado",
      { key: objective.key },
      h(
        "p",
        null,
        h("b", null, objective.name),
        " is most uncertain in the " + first.quantity + " of ",
        h("b", null, first.model),
        ": " + percent(first.share) + " of the variance; measure or calibrate that first.",
      ),
      h(
        "div.tornado-rows",
        null,
        shown.map((source) => {
          const [from, to] = [place(source.low), place(source.high)].sort((a, b) => a - b);
          const words = "× " + three(source.low) + " to × " + three(source.high);
          return h(
            "div.tornado-row",
            { key: source.model + source.quantity },
            h("span.tornado-name", { title: source.reason }, source.quantity + " of " + source.model),
            h(
              "span.tornado-track",
              { role: "img", "aria-label": words, title: words + (source.reason ? "; " + source.reason : "") },
              h("i.zero"),
              h("i.range", { style: { left: from + "%", width: to - from + "%" } }),
            ),
            h("span.num", null, percent(source.share), h("small.muted", null, " " + words)),
          );
        }),
      ),
    );
  });
}
