// The estimate of accuracy against simulated chips, over the members of the front.
import { h, fill, svg } from "/assets/elements.js";
import { store, listen, select, hover } from "/assets/store.js";
import { integer, points } from "/assets/format.js";

const WIDTH = 264,
  HEIGHT = 188,
  LEFT = 34,
  RIGHT = 8,
  TOP = 8,
  BOTTOM = 32;

export function estimatePanel() {
  const chart = h("div.estimate-chart");
  const words = h("p.small.muted");
  const element = h(
    "section.panel.estimate-panel",
    { hidden: true, "aria-label": "Estimate of accuracy against simulation" },
    h("div.panel-head", null, h("h2", null, "Accuracy lost, estimate against simulation")),
    chart,
    words,
  );
  let shown = null;

  function draw() {
    const members = store.front.filter((m) => m.accuracy);
    element.hidden = !members.length;
    if (!members.length || shown === store.front) {
      mark();
      return;
    }
    shown = store.front;
    fill(words, sentence(members));
    const pairs = members.filter((m) => m.accuracy.estimatedLoss != null);
    fill(chart, pairs.length ? plot(pairs) : null);
    mark();
  }

  function sentence(members) {
    const error = store.detail?.estimateError,
      one = members[0].accuracy;
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

  function plot(pairs) {
    const all = pairs.flatMap((m) => [m.accuracy.estimatedLoss, m.accuracy.loss.low, m.accuracy.loss.high, 0]);
    const low = Math.min(...all),
      high = Math.max(...all, 0.01),
      air = 0.05 * (high - low);
    const from = low - (low < 0 ? air : 0),
      to = high + air;
    const x = (v) => LEFT + ((v - from) / (to - from)) * (WIDTH - LEFT - RIGHT);
    const y = (v) => HEIGHT - BOTTOM - ((v - from) / (to - from)) * (HEIGHT - TOP - BOTTOM);
    const ticks = steps(100 * from, 100 * to).map((t) => t / 100);
    return svg(
      "svg",
      {
        viewBox: "0 0 " + WIDTH + " " + HEIGHT,
        role: "img",
        "aria-label": "Simulated over estimated loss; the table holds the same",
      },
      ticks.map((t) => [
        svg("line", { class: "grid", x1: x(t), x2: x(t), y1: TOP, y2: HEIGHT - BOTTOM }),
        svg("line", { class: "grid", x1: LEFT, x2: WIDTH - RIGHT, y1: y(t), y2: y(t) }),
        svg("text", { x: x(t), y: HEIGHT - BOTTOM + 12, "text-anchor": "middle" }, (100 * t).toFixed(0)),
        svg("text", { x: LEFT - 5, y: y(t) + 3.5, "text-anchor": "end" }, (100 * t).toFixed(0)),
      ]),
      svg("line", { class: "even", x1: x(from), y1: y(from), x2: x(to), y2: y(to) }),
      svg(
        "text",
        { class: "title", x: (LEFT + WIDTH - RIGHT) / 2, y: HEIGHT - 5, "text-anchor": "middle" },
        "estimated (points)",
      ),
      svg(
        "text",
        {
          class: "title",
          transform: "translate(9 " + (TOP + HEIGHT - BOTTOM) / 2 + ") rotate(-90)",
          "text-anchor": "middle",
        },
        "simulated (points)",
      ),
      pairs.map((m) =>
        svg("line", {
          class: "whisker",
          x1: x(m.accuracy.estimatedLoss),
          x2: x(m.accuracy.estimatedLoss),
          y1: y(m.accuracy.loss.low),
          y2: y(m.accuracy.loss.high),
        }),
      ),
      pairs.map((m) =>
        svg(
          "circle",
          {
            "data-index": m.index,
            cx: x(m.accuracy.estimatedLoss),
            cy: y(m.accuracy.loss.value),
            r: 4,
            onclick: () => select(m.index),
            onpointerenter: () => hover(m.index),
            onpointerleave: () => hover(null),
          },
          svg(
            "title",
            null,
            "#" +
              m.index +
              ": estimated " +
              points(m.accuracy.estimatedLoss) +
              ", simulated " +
              points(m.accuracy.loss.value) +
              " (" +
              points(m.accuracy.loss.low) +
              " – " +
              points(m.accuracy.loss.high) +
              ") points",
          ),
        ),
      ),
    );
  }

  function mark() {
    for (const circle of chart.querySelectorAll("circle")) {
      const index = Number(circle.dataset.index);
      circle.classList.toggle("marked", index === store.view.selected || index === store.hovered);
    }
  }

  const stop = listen((what) => {
    if (what.has("front") || what.has("detail")) draw();
    else if (what.has("hover") || what.has("selection")) mark();
  });
  return { element, draw, close: stop };
}

// Round numbers in a range, four to six of them.
function steps(from, to) {
  const raw = (to - from) / 5,
    power = 10 ** Math.floor(Math.log10(raw));
  const step = Math.max(1, [1, 2, 5, 10].find((s) => s * power >= raw) * power);
  const ticks = [];
  for (let t = Math.ceil(from / step) * step; t <= to; t += step) ticks.push(t);
  return ticks;
}
