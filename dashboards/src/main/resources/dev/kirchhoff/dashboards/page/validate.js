// Published chips beside the models: paper, ours, error and band by family of circuits, what was fitted apart from what was
// predicted and from what was given.
import { h, draw, get, copy } from "/assets/dom.js";
import { integer, percent, pretty } from "/assets/format.js";
import { csv } from "/assets/csv.js";
import { save } from "/assets/snapshot.js";

const GROUPS = [
  [
    "new_chip",
    "newChip",
    "Predicted, new chip or quantity",
    "another chip of fitted families, or a quantity of one of theirs that was not fitted",
  ],
  [
    "same_chip",
    "sameChip",
    "Predicted, same chip at another setting",
    "voltage, precision, data or number of cores differ from what was fitted",
  ],
  ["calibrated", "calibrated", "Fitted", "a factor of the circuit's family was fitted on it"],
  ["given", null, "Given", "follows from what the spec states; in no error"],
];
const COLOURS = {
  new_chip: "var(--accent)",
  same_chip: "var(--part-3)",
  calibrated: "var(--part-2)",
  given: "var(--part-rest)",
};
const STRIP = { width: 300, height: 20, decades: 1.15 }; // ratios from 0.07 to 14

/** Rows of the report, one a value: the value with its chip. */
export function valuesOf(report) {
  return report.chips.flatMap((chip) => chip.values.map((value) => ({ ...value, chip })));
}

/** Families of circuits with chips, those with most chips first. */
export function familiesOf(report) {
  const counts = new Map();
  for (const chip of report.chips)
    for (const family of chip.families) counts.set(family, (counts.get(family) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
}

/** Error of some values as the summary has it: exp(mean |ln(ours / paper)|) − 1, averaged per chip first. */
export function errorOf(values) {
  const byChip = new Map();
  for (const value of values) {
    if (!value.counts || value.chip.componentTable || !(value.ours > 0 && value.published > 0)) continue;
    const list = byChip.get(value.chip.id) ?? [];
    list.push(Math.abs(Math.log(value.ours / value.published)));
    byChip.set(value.chip.id, list);
  }
  const means = [...byChip.values()].map((list) => list.reduce((a, b) => a + b, 0) / list.length);
  return means.length ? Math.exp(means.reduce((a, b) => a + b, 0) / means.length) - 1 : null;
}

export function validatePage(parent) {
  let report = null;
  let trouble = "";
  let family = "";
  let groups = new Set(["new_chip", "same_chip", "calibrated"]);
  let opened = null; // id of a chip
  const specs = new Map();
  let closed = false;

  get("/api/validation").then(
    (answer) => {
      report = answer;
      show();
    },
    (failure) => {
      trouble = failure.message;
      show();
    },
  );

  function show() {
    if (closed) return;
    draw(
      parent,
      trouble
        ? h("section.state", null, h("h1", null, "Nothing to compare"), h("p", null, trouble))
        : report
          ? h(
              "section.page.validate",
              null,
              h("h1", null, "Validation"),
              lead(),
              summary(),
              table(),
              opened ? chipPanel() : null,
            )
          : h("p.state", null, "Evaluating the published chips, a few seconds…"),
    );
  }

  function lead() {
    return h(
      "p.muted",
      null,
      "Published values of ",
      integer(report.chips.length),
      " chips beside ours. The error is exp(mean |ln(ours / paper)|) − 1, averaged per chip first. A bar is the band where the sources of the models disagree. Terminal: ./kirchhoff validate",
    );
  }

  function summary() {
    return h(
      "div.panel.validate-summary",
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
            ["", "Values", "Chips", "Error"].map((text, k) => h(k ? "th.num" : "th", { scope: "col" }, text)),
          ),
        ),
        h(
          "tbody",
          null,
          GROUPS.map(([word, key, title, meaning]) => {
            const of = key ? report.summary[key] : { values: report.summary.given.values };
            return h(
              "tr",
              { key: word },
              h(
                "th",
                { scope: "row", title: meaning },
                h(
                  "label",
                  null,
                  h("input", {
                    type: "checkbox",
                    checked: groups.has(word),
                    onchange: (event) => turn(word, event.currentTarget.checked),
                  }),
                  h("i.swatch", { style: { background: COLOURS[word] } }),
                  title,
                ),
              ),
              h("td.num", null, integer(of.values)),
              h("td.num", null, of.chips == null ? "–" : integer(of.chips)),
              h("td.num", null, of.error == null ? "–" : percent(of.error)),
            );
          }),
        ),
      ),
    );
  }

  function turn(word, on) {
    groups = new Set(groups);
    if (on) groups.add(word);
    else groups.delete(word);
    show();
  }

  function shownValues() {
    return valuesOf(report).filter(
      (value) => groups.has(value.group) && (!family || value.chip.families.includes(family)),
    );
  }

  function table() {
    const values = shownValues();
    const error = errorOf(values);
    return h(
      "section.panel",
      { "aria-label": "Published values and ours" },
      h(
        "div.panel-head",
        null,
        h("h2", null, "Values"),
        h(
          "select.quiet",
          {
            "aria-label": "Family of circuits",
            onchange: (event) => {
              family = event.currentTarget.value;
              show();
            },
          },
          h("option", { value: "", selected: !family }, "all families"),
          familiesOf(report).map(([word, count]) =>
            h("option", { value: word, selected: word === family }, word + ", " + count),
          ),
        ),
        h("span.muted", null, integer(values.length) + " values" + (error == null ? "" : ", off by " + percent(error))),
        h("span.push"),
        h("button.link", { type: "button", onclick: () => saveCsv(values) }, "CSV"),
      ),
      h(
        "div.scroll",
        { tabindex: 0, role: "region", "aria-label": "Table of values" },
        h(
          "table.list.values",
          null,
          h(
            "thead",
            null,
            h(
              "tr",
              null,
              h("th", { scope: "col" }, "Chip"),
              h("th", { scope: "col" }, "Figure"),
              h("th.num", { scope: "col" }, "Paper"),
              h("th.num", { scope: "col" }, "Ours"),
              h(
                "th",
                { scope: "col" },
                h(
                  "span.strip-head",
                  null,
                  h("span", null, "⅒"),
                  h("span", null, "ours / paper"),
                  h("span", null, "10×"),
                ),
              ),
              h("th.num", { scope: "col" }, "Error"),
              h("th", { scope: "col" }, "Role"),
            ),
          ),
          h(
            "tbody",
            null,
            values.map((value, k) => line(value, values[k - 1])),
          ),
        ),
      ),
    );
  }

  function line(value, before) {
    const first = before?.chip !== value.chip;
    const of = value.of === "chip" ? "" : value.of + " ";
    return h(
      "tr",
      { "data-first": first ? "" : null, title: value.note ?? "" },
      h(
        "td",
        null,
        first
          ? h(
              "button.link",
              { type: "button", "aria-expanded": String(opened === value.chip.id), onclick: () => open(value.chip.id) },
              value.chip.name,
            )
          : null,
      ),
      h("td", null, of + pretty(value.figure), value.when ? h("div.id.muted", null, pretty(value.when)) : null),
      h("td.num", null, pretty(value.publishedText)),
      h(
        "td.num",
        null,
        pretty(value.oursText),
        value.lowText ? h("span.interval", null, pretty(value.lowText) + " – " + pretty(value.highText)) : null,
      ),
      h("td", null, strip(value)),
      h("td.num", { class: value.met ? "" : "bad" }, value.errorText),
      h("td.role", null, value.roleText),
    );
  }

  // Ours over the paper's on a logarithmic line, with the band of ours and the bound that the row allows.
  function strip(value) {
    if (value.share || !(value.ours > 0 && value.published > 0)) return null;
    const { width, height, decades } = STRIP;
    const at = (ratio) => (width / 2) * (1 + Math.max(-1, Math.min(1, Math.log10(ratio) / decades)));
    const ratio = value.ours / value.published;
    const words = "ours is " + ratio.toPrecision(3) + " of the paper's";
    return h(
      "svg.strip",
      { viewBox: "0 0 " + width + " " + height, role: "img", "aria-label": words },
      h("title", null, words),
      h("rect", {
        class: "allowed",
        x: at(1 / (1 + value.within)),
        width: at(1 + value.within) - at(1 / (1 + value.within)),
        y: 3,
        height: height - 6,
      }),
      [0.1, 10].map((tick) => h("line", { class: "grid", x1: at(tick), x2: at(tick), y1: 2, y2: height - 2 })),
      h("line", { class: "even", x1: width / 2, x2: width / 2, y1: 0, y2: height }),
      value.low
        ? h("line", {
            class: "band",
            x1: at(ratio * value.low),
            x2: at(ratio * value.high),
            y1: height / 2,
            y2: height / 2,
            style: { stroke: COLOURS[value.group] },
          })
        : null,
      h("circle", { cx: at(ratio), cy: height / 2, r: 4.5, style: { fill: COLOURS[value.group] } }),
    );
  }

  function open(chip) {
    opened = opened === chip ? null : chip;
    if (opened && !specs.has(chip)) {
      get("/api/validation/" + encodeURIComponent(chip)).then(
        ({ spec }) => {
          specs.set(chip, spec);
          show();
        },
        (failure) => {
          specs.set(chip, failure.message);
          show();
        },
      );
    }
    show();
    if (opened) parent.querySelector(".chip-panel")?.scrollIntoView({ block: "nearest" });
  }

  function chipPanel() {
    const chip = report.chips.find((one) => one.id === opened);
    const spec = specs.get(opened) ?? "Loading…";
    const command = "./kirchhoff explain designs/" + chip.id + "/spec.yaml";
    return h(
      "section.panel.chip-panel",
      { "aria-label": chip.name },
      h(
        "div.panel-head",
        null,
        h("h2", null, chip.name),
        h("span.muted", null, chip.id + (chip.componentTable ? ", a component table: sums are checked, no model" : "")),
        h("span.push"),
        h("button.quiet", { type: "button", onclick: () => open(chip.id) }, "Close"),
      ),
      h(
        "div.chip-columns",
        null,
        h(
          "div",
          null,
          h("h3", null, "Reasons"),
          [...new Set(chip.values.map((value) => value.note).filter(Boolean))].map((note) => h("p", null, note)),
          chip.omissions?.map((omission) =>
            h("p.muted", null, "Not compared: " + omission.name + ", " + omission.reason),
          ),
          h("h3", null, "Factors that its spec states"),
          (chip.ownFactors ?? []).map((factor) =>
            h(
              "p",
              null,
              factor.family +
                " " +
                factor.quantity +
                " × " +
                Number(factor.factor.toPrecision(3)) +
                (factor.fittedOn.length ? ", on " + factor.fittedOn.join(", ") : "") +
                (factor.reason ? ": " + factor.reason : ""),
            ),
          ),
          h(
            "p",
            null,
            h("code", null, command),
            " ",
            h("button.quiet", { type: "button", onclick: (event) => copy(command, event.currentTarget) }, "Copy"),
          ),
        ),
        h("pre.spec-text", { tabindex: 0, "aria-label": "Spec" }, spec),
      ),
    );
  }

  function saveCsv(values) {
    const names = ["chip", "of", "figure", "when", "published", "ours", "error", "low", "high", "role", "met"];
    const rows = values.map((value) => [
      value.chip.id,
      value.of,
      value.figure,
      value.when ?? "",
      value.published,
      value.ours,
      value.error,
      value.low == null ? null : value.low * value.ours,
      value.high == null ? null : value.high * value.ours,
      value.roleText,
      value.met,
    ]);
    save("validation.csv", csv(names, rows), "text/csv");
  }

  show();
  return {
    close() {
      closed = true;
    },
  };
}
