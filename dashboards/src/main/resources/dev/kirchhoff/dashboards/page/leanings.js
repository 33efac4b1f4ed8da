// Constants of circuit files that the figures of a design lean on, each with a field for another value.
import { h } from "/assets/dom.js";
import { three, unit, withUnit } from "/assets/format.js";

/**
 * A table a figure: `[{ figure, value, unit, of, constants: [{ circuit, name, value, unit, origin, source, share, band, set }] }]`.
 *
 * @param onset takes the setting of a constant with another value: "circuits.sar-28nm.logic=30"
 */
export function leanings(figures, onset) {
  return figures.map((of) =>
    h(
      "div.scroll",
      { key: of.figure, tabindex: "0", role: "region", "aria-label": "Constants of " + of.figure },
      h(
        "table.list",
        null,
        h(
          "thead",
          null,
          h(
            "tr",
            null,
            h(
              "th",
              { scope: "col" },
              (of.unit === of.figure ? "" : of.figure + " ") + withUnit(of.value, of.unit) + " leans on",
            ),
            h("th", { scope: "col" }, "Value"),
            h("th.num", { scope: "col" }, "Share"),
            h("th", { scope: "col" }, "At the ends of its band"),
          ),
        ),
        h(
          "tbody",
          null,
          of.constants.map((constant) => row(of, constant, onset)),
        ),
      ),
    ),
  );
}

function row(of, constant, onset) {
  const name = constant.circuit + "." + constant.name;
  return h(
    "tr",
    { key: name },
    h("th", { scope: "row", title: constant.origin + ": " + constant.source }, name),
    h(
      "td",
      null,
      h("input.quiet", {
        size: 5,
        inputmode: "decimal",
        defaultValue: String(Number(constant.value.toPrecision(6))),
        "aria-label": name + " for " + of.figure,
        onchange: (event) => Number(event.target.value) > 0 && onset(setting(constant, Number(event.target.value))),
      }),
      h("small.muted", null, " " + unit(constant.unit === "1" ? "" : constant.unit)),
    ),
    h("td.num", null, (constant.share > 0 ? "+" : "−") + Math.abs(constant.share).toFixed(2) + " %"),
    h("td", null, constant.band ? [end(of, constant, "low", onset), " ", end(of, constant, "high", onset)] : "–"),
  );
}

// The figure with the constant at one end of its band; a click takes that value.
function end(of, constant, which, onset) {
  const factor = constant.band[which];
  const there = constant.band[which === "low" ? "atLow" : "atHigh"];
  if (there === undefined) return null;
  return h(
    "button.quiet",
    {
      key: which,
      type: "button",
      title: "× " + three(factor) + (constant.band.reason ? ": " + constant.band.reason : ""),
      onclick: () => onset(setting(constant, constant.value * factor)),
    },
    withUnit(there, of.unit === of.figure ? "" : of.unit),
  );
}

/** A constant with another value, as a setting: in the unit that its own setting has. */
export function setting(constant, value) {
  return constant.set.replace(/=\S+/, "=" + Number(value.toPrecision(12)));
}
