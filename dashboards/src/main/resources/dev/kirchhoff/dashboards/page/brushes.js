// Brushes as chips that name them, and a form that sets one without a pointer.
import { h, draw } from "/assets/dom.js";
import { store, listen, change, changeEntry, axisOf, valuesOnAxis, isJudgedHere } from "/assets/store.js";
import { levelText } from "/assets/axes.js";
import { isLoading, waitingText } from "/assets/verdict.js";
import { integer, three, unit } from "/assets/format.js";

export function brushBar(parent) {
  let form = null; // key of the axis that the form is open for

  function counts() {
    const { data, shown, meets, members } = store;
    let inside = 0;
    let feasible = 0;
    for (let row = 0; row < data.n; row++) {
      if (!meets[row]) continue;
      feasible++;
      if (shown[row]) inside++;
    }
    let onFront = 0;
    for (const row of members) onFront += shown[row];
    return { inside, feasible, onFront, members: members.length };
  }

  function show() {
    const { view } = store;
    const { inside, feasible, onFront, members } = counts();
    draw(
      parent,
      h(
        "p.brush-sentence",
        { role: "status" },
        isLoading(store)
          ? waitingText(store)
          : view.brush.size
            ? [
                h("b", null, integer(inside)),
                " of " + integer(feasible) + " designs that meet the limits, ",
                h("b", null, integer(onFront)),
                " of " + integer(members) + " on the front",
                isJudgedHere() ? " as judged here" : "",
                ", where",
              ]
            : [
                h("b", null, integer(feasible)),
                " designs meet the limits, ",
                h("b", null, integer(members)),
                " are on the front",
                isJudgedHere() ? " as judged here" : "",
                ". Brush an axis to narrow them down.",
              ],
      ),
      h(
        "div.brush-chips",
        null,
        [...view.brush].map(([key, range]) =>
          h(
            "span.brush-chip",
            { key },
            brushText(axisOf(key), key, range),
            h(
              "button",
              {
                type: "button",
                "aria-label": "Remove the brush of " + key,
                onclick: () => changeEntry("brush", key, null),
              },
              "×",
            ),
          ),
        ),
        view.brush.size > 1
          ? h("button.quiet", { type: "button", onclick: () => change({ brush: new Map() }) }, "Clear all")
          : null,
        h(
          "button.quiet",
          { type: "button", "aria-expanded": form != null, onclick: toggleForm },
          form == null ? "Set a brush…" : "Close",
        ),
        form == null ? null : h(BrushForm, { start: form, done: toggleForm }),
      ),
    );
  }

  function toggleForm() {
    form = form == null ? (store.axes[0]?.key ?? null) : null;
    show();
  }

  const stop = listen((what) => {
    if (["data", "figures", "header", "brush", "limits", "prices", "front"].some((w) => what.has(w))) show();
  });
  show();
  return { close: stop };
}

function brushText(axis, key, [from, to]) {
  if (!axis) return key;
  if (axis.kind === "quantity") {
    return (
      axis.title +
      " " +
      (isFinite(from) ? three(from) : "…") +
      " – " +
      (isFinite(to) ? three(to) : "…") +
      " " +
      unit(axis.unit)
    );
  }
  const levels = axis.levels.slice(Math.max(0, from), to + 1);
  const list = levels.length > 3 ? levelText(axis, from) + " to " + levelText(axis, to) : levels.join(" or ");
  return axis.title + " = " + (list || "–");
}

function BrushForm({ start, done }) {
  const axis = axisOf(start);
  const set = (event) => {
    event.preventDefault();
    const of = new FormData(event.target);
    const chosen = axisOf(of.get("axis"));
    const end = (name, other) => {
      const text = String(of.get(name) ?? "").trim();
      if (!text) return other;
      const level = chosen.kind === "knob" ? chosen.levels.indexOf(text) : Number(text);
      return chosen.kind === "knob" && level < 0 ? Number(text) : level;
    };
    const most = chosen.kind === "knob" ? chosen.levels.length - 1 : Infinity;
    const range = [end("from", chosen.kind === "knob" ? 0 : -Infinity), end("to", most)];
    if (range.some(isNaN)) return;
    valuesOnAxis(chosen);
    changeEntry("brush", chosen.key, range);
    done();
  };
  return h(
    "form.brush-form",
    { onsubmit: set },
    h(
      "label",
      null,
      "Axis ",
      h(
        "select",
        { name: "axis", "aria-label": "Axis" },
        store.axes.map((one) =>
          h("option", { value: one.key, selected: one.key === axis?.key }, one.path ?? one.title),
        ),
      ),
    ),
    h("label", null, "from ", h("input", { name: "from", size: 8 })),
    h("label", null, "to ", h("input", { name: "to", size: 8 })),
    h("button", { type: "submit" }, "Set"),
  );
}
