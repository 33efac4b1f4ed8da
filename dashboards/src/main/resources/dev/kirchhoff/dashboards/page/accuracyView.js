// Accuracy of a design on simulated chips, over time where it was simulated.
import { h } from "/assets/dom.js";
import { three, percent, points, share } from "/assets/format.js";

const CONFIDENCE = "Interval that holds it with 95 %, from the samples of one chip";

/** Bars of what was lost: the estimate, and what simulated chips say with its interval. */
export function accuracyView(known) {
  const most = Math.max(known.loss.high, known.estimatedLoss ?? 0, 0.01);
  const least = Math.min(0, known.loss.low);
  const at = (value) => ((value - least) / (most - least)) * 100 + "%";
  const bar = (value) => ({ left: at(Math.min(0, value)), width: (Math.abs(value) / (most - least)) * 100 + "%" });
  return h(
    "section.block",
    null,
    h("h2", null, "Accuracy lost"),
    h(
      "div.losses",
      null,
      known.estimatedLoss == null
        ? null
        : [
            h("span.muted", { key: "e" }, "estimated loss"),
            h("span.loss-track", { key: "et" }, h("i.estimate", { style: bar(known.estimatedLoss) })),
            h("b", { key: "ev" }, points(known.estimatedLoss) + " points"),
          ],
      h("span.muted", null, "simulated, " + age(known.time_s)),
      h(
        "span.loss-track",
        { title: CONFIDENCE },
        h("i", { style: bar(known.loss.value) }),
        h("em", {
          style: { left: at(known.loss.low), width: ((known.loss.high - known.loss.low) / (most - least)) * 100 + "%" },
        }),
      ),
      h(
        "b",
        null,
        points(known.loss.value) + " points",
        h("small.muted", null, " " + points(known.loss.low) + " – " + points(known.loss.high)),
      ),
    ),
    h(
      "p.small.muted",
      null,
      "Accuracy: " +
        percent(known.accuracy.value) +
        " of the samples (" +
        share(known.accuracy) +
        "); loss against the trained network, on the same samples.",
    ),
  );
}

function age(time_s) {
  if (!time_s) return "when programmed";
  for (const [size, name] of [
    [86400, "day"],
    [3600, "hour"],
    [1, "s"],
  ]) {
    if (time_s >= size) {
      const n = three(time_s / size).replace(/\.0+$/, "");
      return "after " + n + " " + name + (name === "s" || n === "1" ? "" : "s");
    }
  }
  return "after " + three(time_s) + " s";
}
