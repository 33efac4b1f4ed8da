// Accuracy of a design on simulated chips, at the age that it was simulated at.
import { h } from "/assets/dom.js";
import { three, percent, points, share } from "/assets/format.js";
import { simulatedSentence } from "/assets/estimate.js";

const CONFIDENCE = "Interval that holds it with 95 %, from the samples of one chip";

/** Bars of the decisions and of the accuracy that were lost: the estimate, and what simulated chips say with its interval. */
export function accuracyView(known) {
  const { agreement, estimatedAgreement } = known;
  return [
    agreement
      ? h(
          "section.panel.block",
          { key: "decisions", "aria-label": "Agreement" },
          h("h3", null, "Decisions that differ from the exact network's"),
          lossBars(
            "%",
            estimatedAgreement == null ? null : 1 - estimatedAgreement,
            { value: 1 - agreement.value, low: 1 - agreement.high, high: 1 - agreement.low },
            age(known.age_s),
          ),
          h("p.small.muted", null, simulatedSentence(known)),
        )
      : null,
    known.accuracy && known.loss
      ? h(
          "section.panel.block",
          { key: "loss", "aria-label": "Accuracy lost" },
          h("h3", null, "Accuracy lost"),
          lossBars("points", known.estimatedLoss, known.loss, age(known.age_s)),
          h(
            "p.small.muted",
            null,
            "Accuracy: " +
              percent(known.accuracy.value) +
              " of the samples (" +
              share(known.accuracy) +
              "); loss against the trained network, on the same samples.",
          ),
        )
      : null,
  ];
}

function lossBars(unit, estimate, loss, when) {
  const most = Math.max(loss.high, estimate ?? 0, 0.01);
  const least = Math.min(0, loss.low);
  const at = (value) => ((value - least) / (most - least)) * 100 + "%";
  const bar = (value) => ({ left: at(Math.min(0, value)), width: (Math.abs(value) / (most - least)) * 100 + "%" });
  return h(
    "div.losses",
    null,
    estimate == null
      ? null
      : [
          h("span.muted", { key: "e" }, "estimated"),
          h("span.loss-track", { key: "et" }, h("i.estimate", { style: bar(estimate) })),
          h("b", { key: "ev" }, points(estimate) + " " + unit),
        ],
    h("span.muted", null, "simulated, " + when),
    h(
      "span.loss-track",
      { title: CONFIDENCE },
      h("i", { style: bar(loss.value) }),
      h("em", {
        style: { left: at(loss.low), width: ((loss.high - loss.low) / (most - least)) * 100 + "%" },
      }),
    ),
    h(
      "b",
      null,
      points(loss.value) + " " + unit,
      h("small.muted", null, " " + points(loss.low) + " – " + points(loss.high)),
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
