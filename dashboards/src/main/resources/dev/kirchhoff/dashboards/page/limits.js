// Limits of the run as sliders: all evaluated designs are judged again while one is dragged, and the effect is told. A running
// search takes a limit over on request. The story has the price of a step.
import { afterPause } from "/assets/pause.js";
import { h, draw } from "/assets/dom.js";
import { store, listen, change, changeEntry, axes } from "/assets/store.js";
import { stepOf } from "/assets/analysis.js";
import { limitsOf, bestUnder } from "/assets/judge.js";
import { plottedColumn } from "/assets/pricedView.js";
import { integer, three, unit, pretty, percent } from "/assets/format.js";
import { hinted } from "/assets/hint.js";
import { command, takesCommands } from "/assets/commands.js";

export function limitsPanel(parent) {
  function show() {
    const limits = limitsOf(store.header);
    parent.hidden = !limits.length;
    const running = takesCommands(store.detail);
    draw(
      parent,
      h(
        "div.panel-head",
        null,
        h("h2", null, "Limits"),
        h("span.muted", null, "judge every evaluated design again"),
        store.view.limits.size
          ? h(
              "button.quiet.push-left",
              { type: "button", onclick: () => change({ limits: new Map() }) },
              "As in the run",
            )
          : null,
      ),
      h(
        "div.limit-list",
        null,
        limits.map((limit) => row(limit, running)),
        store.view.limits.size ? h("p.limit-trade", { role: "status" }, effect()) : null,
      ),
    );
  }

  function row(limit, running) {
    const value = store.view.limits.get(limit.key) ?? limit.value;
    const moved = value !== limit.value;
    const [least, most] = reach(limit);
    const id = "limit-" + limit.at;
    const set = (next) => changeEntry("limits", limit.key, next === limit.value || !isFinite(next) ? null : next);
    return h(
      "div.limit-row",
      { key: limit.key, class: moved ? "moved" : "" },
      h("label", { for: id, ...hinted(limit.name) }, pretty(limit.name + (limit.atMost ? " <= " : " >= "))),
      h("input", {
        id,
        type: "range",
        min: least,
        max: most,
        step: "any",
        value,
        "aria-valuetext": three(value) + " " + limit.shownIn,
        oninput: (event) => set(Number(Number(event.target.value).toPrecision(3))),
        onkeydown: (event) => {
          const by = { ArrowRight: 1, ArrowUp: 1, ArrowLeft: -1, ArrowDown: -1 }[event.key];
          if (!by) return;
          event.preventDefault();
          event.stopPropagation();
          set(
            Number((value + by * stepOf({ at: limit.value, unit: limit.unit, scale: scaleOf(limit) })).toPrecision(4)),
          );
        },
      }),
      h(
        "span.limit-value",
        null,
        h("input", {
          type: "number",
          step: "any",
          "aria-label": limit.name + " limit",
          value: typed(limit) ?? String(value),
          onchange: (event) => set(Number(event.target.value)),
        }),
        " " + unit(limit.shownIn),
      ),
      moved && running
        ? h(
            "p.limit-apply",
            null,
            h("button.quiet", { type: "button", onclick: () => send(limit, value) }, "Send this limit to the search"),
          )
        : null,
    );
  }

  // Text that is being typed into the field of a limit, which a running search leaves alone; null where none is.
  function typed(limit) {
    const field = document.activeElement;
    return field?.type === "number" && field.getAttribute("aria-label") === limit.name + " limit" ? field.value : null;
  }

  // The search answers at the foot of the page; from then on the limit is one of the run.
  async function send(limit, value) {
    const text = limit.name + (limit.atMost ? " <= " : " >= ") + value + (limit.unit ? " " + limit.unit : "");
    try {
      const { accepted } = await command(store.run, "limit", [text]);
      if (accepted) changeEntry("limits", limit.key, null);
    } catch {
      // the foot of the page says why
    }
  }

  // Scale of the axis of a limit's figure.
  function scaleOf(limit) {
    return store.axes.find((axis) => axis.kind === "quantity" && axis.name === limit.name)?.scale ?? "logarithmic";
  }

  // Range of a slider around the limit: four times on a logarithmic axis, 10 on one in dB or points.
  function reach(limit) {
    if (scaleOf(limit) === "linear") {
      const most = limit.value + 10;
      return [limit.value - 10, limit.unit === "%" && limit.value <= 100 ? Math.min(100, most) : most];
    }
    return limit.value > 0 ? [limit.value / 4, limit.value * 4] : [limit.value - 1, limit.value + 1];
  }

  // Effect of the limits as they are set here: designs that meet them, and the best of each objective against the run's limits.
  function effect() {
    const { data, view, header } = store;
    const objectives = axes().map((axis, k) => {
      const own = store.axes.find((one) => one.objective === k);
      return { column: own ? plottedColumn(own) : null, maximise: !!axis.maximise };
    });
    if (!view.limits.size || objectives.some(({ column }) => !column)) return null;
    const best = (moved) => bestUnder(data, limitsOf(header), moved, (key) => data.figure(key), objectives);
    const [before, now] = [best(new Map()), best(view.limits)];
    const changes = axes()
      .map((axis, k) => difference(axis, before[k], now[k]))
      .filter(Boolean);
    let meet = 0;
    for (const one of store.meets) meet += one;
    return (
      integer(meet) +
      " designs meet the limits as set here; " +
      (changes.length ? "the best ends move by " + changes.join(", ") : "the best ends stay") +
      " against the run's limits" +
      (view.prices.size ? " at the same prices" : "") +
      "."
    );
  }

  const stop = listen((what) => {
    if (["data", "figures", "header", "detail", "limits", "prices", "theme"].some((w) => what.has(w))) settled.soon();
  });

  // The effect is computed once nothing was dragged for a moment.
  const settled = afterPause(show, 150);
  show();
  return {
    close() {
      stop();
      settled.cancel();
    },
  };
}

function difference(axis, now, other) {
  if (other == null || now == null || !isFinite(now) || !isFinite(other) || now === other) return "";
  const up = other > now;
  if (axis.scale === "logarithmic") return (up ? "+" : "−") + percent(Math.abs(other / now - 1)) + " " + axis.name;
  return (up ? "+" : "−") + three(Math.abs(other - now)) + " " + unit(axis.unit || axis.name);
}
