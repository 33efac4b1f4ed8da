// The estimate of accuracy against simulated chips, over the members of the front.
import { h, draw, make } from "/assets/dom.js";
import { store, listen, select, hover } from "/assets/store.js";
import { integer, points } from "/assets/format.js";

const WIDTH = 264;
const HEIGHT = 188;
const [LEFT, RIGHT, TOP, BOTTOM] = [34, 8, 8, 32];

export function estimatePanel() {
  const element = make("section.panel.estimate-panel", {
    hidden: true,
    "aria-label": "Estimate of accuracy against simulation",
  });

  function show() {
    const members = store.front.filter((m) => m.accuracy);
    element.hidden = !members.length;
    if (!members.length) return draw(element);
    const pairs = members.filter((m) => m.accuracy.estimatedLoss != null);
    draw(
      element,
      h("div.panel-head", null, h("h2", null, "Accuracy lost, estimate against simulation")),
      h("div.estimate-chart", null, pairs.length ? chart(pairs) : null),
      h("p.small.muted", null, sentence(members)),
    );
  }

  function sentence(members) {
    const error = store.detail?.estimateError;
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
      "The estimate is ",
      h("b", null, points(Math.abs(error.bias)) + " points too " + (error.bias < 0 ? "low" : "high")),
      " in the mean, ",
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

  const stop = listen((what) => {
    if (["front", "detail", "hover", "selection"].some((w) => what.has(w))) show();
  });
  return { element, draw: show, close: stop };
}

function chart(pairs) {
  const all = pairs.flatMap((m) => [m.accuracy.estimatedLoss, m.accuracy.loss.low, m.accuracy.loss.high, 0]);
  const low = Math.min(...all);
  const high = Math.max(...all, 0.01);
  const air = 0.05 * (high - low);
  const from = low - (low < 0 ? air : 0);
  const to = high + air;
  const x = (v) => LEFT + ((v - from) / (to - from)) * (WIDTH - LEFT - RIGHT);
  const y = (v) => HEIGHT - BOTTOM - ((v - from) / (to - from)) * (HEIGHT - TOP - BOTTOM);
  const ticks = steps(100 * from, 100 * to).map((t) => t / 100);
  const middle = (TOP + HEIGHT - BOTTOM) / 2;
  return h(
    "svg",
    {
      viewBox: "0 0 " + WIDTH + " " + HEIGHT,
      role: "img",
      "aria-label": "Simulated over estimated loss; the table holds the same",
    },
    ticks.map((t) => [
      h("line.grid", { x1: x(t), x2: x(t), y1: TOP, y2: HEIGHT - BOTTOM }),
      h("line.grid", { x1: LEFT, x2: WIDTH - RIGHT, y1: y(t), y2: y(t) }),
      h("text", { x: x(t), y: HEIGHT - BOTTOM + 12, "text-anchor": "middle" }, (100 * t).toFixed(0)),
      h("text", { x: LEFT - 5, y: y(t) + 3.5, "text-anchor": "end" }, (100 * t).toFixed(0)),
    ]),
    h("line.even", { x1: x(from), y1: y(from), x2: x(to), y2: y(to) }),
    h("text.title", { x: (LEFT + WIDTH - RIGHT) / 2, y: HEIGHT - 5, "text-anchor": "middle" }, "estimated (points)"),
    h(
      "text.title",
      { transform: "translate(9 " + middle + ") rotate(-90)", "text-anchor": "middle" },
      "simulated (points)",
    ),
    pairs.map((m) =>
      h("line.whisker", {
        x1: x(m.accuracy.estimatedLoss),
        x2: x(m.accuracy.estimatedLoss),
        y1: y(m.accuracy.loss.low),
        y2: y(m.accuracy.loss.high),
      }),
    ),
    pairs.map((m) =>
      h(
        m.index === store.view.selected || m.index === store.hovered ? "circle.marked" : "circle",
        {
          "data-index": m.index,
          cx: x(m.accuracy.estimatedLoss),
          cy: y(m.accuracy.loss.value),
          r: 4,
          onclick: () => select(m.index),
          onpointerenter: () => hover(m.index),
          onpointerleave: () => hover(null),
        },
        h("title", null, title(m)),
      ),
    ),
  );
}

function title({ index, accuracy: { estimatedLoss, loss } }) {
  const interval = points(loss.low) + " – " + points(loss.high);
  return (
    "#" +
    index +
    ": estimated " +
    points(estimatedLoss) +
    ", simulated " +
    points(loss.value) +
    " (" +
    interval +
    ") points"
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
