// Estimates against simulated chips: over the members of the front as a chart, of one design in a sentence.
import { h, draw, make } from "/assets/dom.js";
import { store, listen, select, hover } from "/assets/store.js";
import { foremost, simulatedOf } from "/assets/axes.js";
import { integer, percent, points, pretty, share } from "/assets/format.js";

const WIDTH = 264;
const HEIGHT = 188;
const [LEFT, RIGHT, TOP, BOTTOM] = [34, 8, 8, 32];

export function estimatePanel() {
  const element = make("section.panel.estimate-panel", {
    hidden: true,
    "aria-label": "Estimate against simulation",
  });

  function show() {
    const members = store.front.filter((m) => m.accuracy);
    const excluded = store.detail?.excluded ?? [];
    element.hidden = !members.length && !excluded.length;
    if (element.hidden) return draw(element);
    const error = store.detail?.estimateError;
    const figure = simulatedOf(error?.metric);
    const pairs = figure ? members.filter((m) => figure.by(m.accuracy) != null && figure.of(m.accuracy)) : [];
    draw(
      element,
      h(
        "div.panel-head",
        null,
        h("h2", null, figure ? TITLES[error.metric] + ", estimate against simulation" : "Simulated chips"),
      ),
      h("div.estimate-chart", null, pairs.length ? chart(pairs, figure) : null),
      members.length ? h("p.small.muted", null, sentence(members, error)) : null,
      excluded.length ? h("p.small.muted", null, excludedSentence(excluded)) : null,
    );
  }

  const stop = listen((what) => {
    if (["front", "detail", "hover", "selection"].some((w) => what.has(w))) show();
  });
  return { element, draw: show, close: stop };
}

const TITLES = { agreement: "Agreement", accuracyLoss: "Accuracy lost" };

function sentence(members, error) {
  const one = members[0].accuracy;
  const basis =
    one.network +
    " on " +
    integer(one.samples) +
    " samples, " +
    one.draws +
    (one.draws === 1 ? " chip" : " chips") +
    " of each of " +
    integer(members.length) +
    (members.length === 1 ? " design" : " designs") +
    " of " +
    integer(store.front.length) +
    "; whiskers 95 %.";
  if (!error) return basis;
  return [
    "The estimate of " + error.metric + " is ",
    h("b", null, points(Math.abs(error.bias)) + " points too " + (error.bias < 0 ? "low" : "high")),
    " in the mean over " + integer(error.designs) + (error.designs === 1 ? " design, " : " designs, "),
    h("b", null, points(error.absolute) + " points off"),
    "; ",
    error.rankCorrelation == null
      ? "too few designs differ for a rank correlation. "
      : [
          "rank correlation ",
          h("b", null, error.rankCorrelation.toFixed(2)),
          " over " + integer(error.different) + " different pairs. ",
        ],
    basis,
  ];
}

// Designs that are off the front for good, by the limit that their chips miss.
function excludedSentence(excluded) {
  const reasons = new Map();
  for (const { index, missed } of excluded) {
    const reason = missed ? "simulated chips miss " + pretty(missed) : "by a command";
    reasons.set(reason, [...(reasons.get(reason) ?? []), index]);
  }
  return [...reasons].map(([reason, list], k) => [
    k ? " " : "Excluded: ",
    list.map((index, at) => [
      at ? ", " : "",
      h("button.link", { key: index, type: "button", onclick: () => select(index) }, "#" + index),
    ]),
    " (" + reason + ").",
  ]);
}

/** What simulated chips of a design say first, beside its estimate, and on how many decisions. */
export function simulatedSentence(known) {
  const figure = foremost(known);
  const counted = figure.of(known);
  const estimate = figure.by(known);
  return [
    figure.title[0].toUpperCase() + figure.title.slice(1) + " ",
    h("b", null, percent(counted.value)),
    " (" + share(counted) + ") of ",
    integer(known.samples * known.draws) + " decisions",
    known.draws > 1 ? " on " + known.draws + " chips" : " on one chip",
    estimate == null ? "" : "; estimated " + percent(estimate).replace(" ", "\u00a0"),
    ". ",
    known.missed ? h("b", null, "The chips miss " + pretty(known.missed) + ".") : null,
  ];
}

function chart(pairs, figure) {
  const estimated = (m) => figure.by(m.accuracy);
  const counted = (m) => figure.of(m.accuracy);
  const all = pairs.flatMap((m) => [estimated(m), counted(m).low, counted(m).high]);
  if (!figure.maximise) all.push(0, 0.01);
  const low = Math.min(...all);
  const high = Math.max(...all);
  const air = 0.05 * (high - low) || 0.01;
  const from = low === 0 ? 0 : low - air;
  const to = figure.maximise ? Math.min(1, high + air) : high + air;
  const x = (v) => LEFT + ((v - from) / (to - from)) * (WIDTH - LEFT - RIGHT);
  const y = (v) => HEIGHT - BOTTOM - ((v - from) / (to - from)) * (HEIGHT - TOP - BOTTOM);
  const ticks = steps(100 * from, 100 * to).map((t) => t / 100);
  const middle = (TOP + HEIGHT - BOTTOM) / 2;
  return h(
    "svg",
    {
      viewBox: "0 0 " + WIDTH + " " + HEIGHT,
      role: "img",
      "aria-label": "Simulated over estimated " + figure.estimate + "; the table holds the same",
    },
    ticks.map((t) => [
      h("line.grid", { x1: x(t), x2: x(t), y1: TOP, y2: HEIGHT - BOTTOM }),
      h("line.grid", { x1: LEFT, x2: WIDTH - RIGHT, y1: y(t), y2: y(t) }),
      h("text", { x: x(t), y: HEIGHT - BOTTOM + 12, "text-anchor": "middle" }, (100 * t).toFixed(0)),
      h("text", { x: LEFT - 5, y: y(t) + 3.5, "text-anchor": "end" }, (100 * t).toFixed(0)),
    ]),
    h("line.even", { x1: x(from), y1: y(from), x2: x(to), y2: y(to) }),
    h(
      "text.title",
      { x: (LEFT + WIDTH - RIGHT) / 2, y: HEIGHT - 5, "text-anchor": "middle" },
      "estimated (" + figure.unit + ")",
    ),
    h(
      "text.title",
      { transform: "translate(9 " + middle + ") rotate(-90)", "text-anchor": "middle" },
      "simulated (" + figure.unit + ")",
    ),
    pairs.map((m) =>
      h("line.whisker", {
        x1: x(estimated(m)),
        x2: x(estimated(m)),
        y1: y(counted(m).low),
        y2: y(counted(m).high),
      }),
    ),
    pairs.map((m) =>
      h(
        m.index === store.view.selected || m.index === store.hovered ? "circle.marked" : "circle",
        {
          "data-index": m.index,
          cx: x(estimated(m)),
          cy: y(counted(m).value),
          r: 4,
          onclick: () => select(m.index),
          onpointerenter: () => hover(m.index),
          onpointerleave: () => hover(null),
        },
        h("title", null, title(m.index, estimated(m), counted(m), figure)),
      ),
    ),
  );
}

function title(index, estimate, counted, figure) {
  return (
    "#" +
    index +
    ": estimated " +
    points(estimate) +
    ", simulated " +
    points(counted.value) +
    " (" +
    points(counted.low) +
    " – " +
    points(counted.high) +
    ") " +
    figure.unit
  );
}

// Round numbers in a range, four to six of them.
function steps(from, to) {
  const raw = (to - from) / 5;
  const power = 10 ** Math.floor(Math.log10(raw));
  const step = Math.max(1, [1, 2, 5, 10].find((s) => s * power >= raw) * power);
  const ticks = [];
  for (let t = Math.ceil(from / step) * step; t <= to; t += step) ticks.push(t);
  return ticks;
}
