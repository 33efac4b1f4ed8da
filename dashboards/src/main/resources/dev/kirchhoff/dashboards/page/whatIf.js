// What-if of a design: other values of the knobs of one design, another device or network under it; figures, parts and noise follow, each with
// its difference to the start. Every step can be undone.
import { h, draw, get, Held, report } from "/assets/dom.js";
import { store, listen, change, axes, designAddress } from "/assets/store.js";
import { ask } from "/assets/models.js";
import { leanings } from "/assets/leanings.js";
import { command, takesCommands } from "/assets/commands.js";
import { described, metricOf, figure } from "/assets/metrics.js";
import {
  readSteps,
  stepsText,
  stepsQuery,
  stepWords,
  settled,
  controlsOf,
  isOrdered,
  injected,
} from "/assets/steps.js";
import { figures, limits, breakdown, partTable, layers, noiseBars, figureKeys, Delta } from "/assets/designBlocks.js";
import { chipOf } from "/assets/designPage.js";
import { valueText, tally } from "/assets/knobs.js";

const KEPT = "kirchhoff-kept-";

export function whatIfPage(parent, place) {
  const state = {
    index: place.view?.selected ?? store.view.selected,
    start: null, // the design as it was
    now: null, // the design after the steps
    steps: readSteps(store.view.tab), // steps that are done
    undone: [], // steps that were taken back, the last first
    waiting: false,
    failure: "",
    alternatives: null,
    leaning: null,
    setting: "",
    kept: [],
    layers: false,
    chip: null,
  };
  const base = () => "/api/runs/" + encodeURIComponent(store.run) + "/designs/" + state.index + "/what-if";
  const knobs = () => store.header?.knobs ?? [];

  function set(part) {
    Object.assign(state, part);
    show();
  }

  // ---- Evaluation: one request at a time, the last one wanted is asked next.

  let asked = null;
  let running = false;

  async function evaluate() {
    asked = state.steps;
    if (running) return;
    running = true;
    set({ waiting: true });
    while (asked) {
      const steps = asked;
      asked = null;
      try {
        const query = stepsQuery(steps);
        const now = await ask(base() + (query ? "?" + query : ""));
        if (steps === state.steps) set({ now, failure: "" });
      } catch (problem) {
        if (steps === state.steps) set({ failure: problem.message });
      }
    }
    running = false;
    set({ waiting: false });
  }

  function go(steps, undone = []) {
    state.steps = steps;
    state.undone = undone;
    change({ tab: stepsText(steps) || null });
    evaluate();
  }

  const step = (made) => go([...state.steps, made]);
  const undo = () => state.steps.length && go(state.steps.slice(0, -1), [state.steps.at(-1), ...state.undone]);
  const redo = () => state.undone.length && go([...state.steps, state.undone[0]], state.undone.slice(1));
  // The state after the first `count` steps.
  const goTo = (count) => {
    const all = [...state.steps, ...state.undone];
    go(all.slice(0, count), all.slice(count));
  };

  async function load() {
    if (state.index == null) {
      const knee = store.front.find((member) => member.knee) ?? store.front[0];
      if (!knee) return show();
      state.index = knee.index;
    }
    show();
    try {
      const [start] = await Promise.all([ask(base()), described]);
      state.kept = readKept();
      set({ start, now: state.steps.length ? state.now : start, failure: "" });
    } catch (problem) {
      return set({ failure: problem.message });
    }
    if (state.steps.length) evaluate();
    get("/api/alternatives").then(
      (alternatives) => set({ alternatives }),
      () => {},
    );
  }

  // ---- Kept variants last as long as the window.

  function readKept() {
    try {
      return JSON.parse(sessionStorage.getItem(KEPT + store.run + "#" + state.index) ?? "[]");
    } catch {
      return [];
    }
  }

  function keep() {
    const text = stepsText(settled(state.steps));
    const names = settled(state.steps).map((made) => stepWords(made, knobs(), null).replace("→ ", "= "));
    const kept = [
      ...state.kept.filter((known) => known.text !== text),
      { text, name: names.join(", ") || "start", totals: state.now.details?.totals ?? null, met: met(state.now) },
    ];
    write(kept);
  }

  function write(kept) {
    try {
      sessionStorage.setItem(KEPT + store.run + "#" + state.index, JSON.stringify(kept));
    } catch {
      // a private window keeps them until it is loaded again
    }
    set({ kept });
  }

  const met = (variant) => !!variant?.details && variant.limits.every((limit) => limit.isMet);

  // ---- Drawing

  function show() {
    if (report)
      return draw(
        parent,
        h("p.state", null, "This file holds no models; ask where the run is: ./kirchhoff dashboard."),
      );
    if (state.failure && !state.start)
      return draw(parent, h("section.state", null, h("h1", null, "Nothing to show"), h("p", null, state.failure)));
    if (!state.start)
      return draw(
        parent,
        h(
          "p.state",
          { role: "status" },
          state.index == null ? "There is no design on the front yet." : "Evaluating design #" + state.index + "…",
        ),
      );
    draw(
      parent,
      h(
        "section.whatif-page",
        { "aria-label": "What if", "aria-busy": String(state.waiting) },
        head(),
        sum(),
        h("div.whatif", null, left(), right()),
      ),
    );
  }

  function head() {
    const own = state.steps.some((made) => made.set);
    return [
      h(
        "div.design-line",
        { key: "head" },
        h(
          "h2",
          null,
          "What if #",
          h(
            "a",
            { href: designAddress(store.run, state.index, { ...store.view, tab: null }), "data-link": true },
            String(state.index),
          ),
          " …",
        ),
        h(
          "span.muted",
          { role: "status" },
          state.waiting
            ? "evaluating…"
            : state.steps.length
              ? state.steps.length + (state.steps.length === 1 ? " step" : " steps") + " from the start"
              : "pick another value at the left",
        ),
        h("span.push"),
        h(
          "button.quiet",
          { type: "button", disabled: !state.steps.length, title: "Take the last step back (Ctrl Z)", onclick: undo },
          "Undo",
        ),
        h(
          "button.quiet",
          { type: "button", disabled: !state.undone.length, title: "Take it again (Ctrl Y)", onclick: redo },
          "Redo",
        ),
        h("button.quiet", { type: "button", disabled: !state.steps.length, onclick: () => goTo(0) }, "Start"),
        h(
          "button.quiet",
          { type: "button", disabled: !state.now?.details, onclick: keep, title: "Keep this variant beside others" },
          "Keep",
        ),
        h(
          "button.quiet",
          {
            type: "button",
            disabled: own || !state.now?.details || !searching(),
            title: own
              ? "A setting is outside of the space of the run"
              : searching()
                ? "Give the design to the running search"
                : "The run is not searching",
            onclick: inject,
          },
          "Inject into the run",
        ),
      ),
      state.failure ? h("p.notice", { key: "failure" }, state.failure) : null,
      state.now?.refusals?.length
        ? h(
            "div.notice",
            { key: "refused" },
            h("b", null, "It cannot be built: "),
            state.now.refusals.map((words, k) => h("p", { key: k }, words.replace(/^--set /, ""))),
          )
        : null,
    ];
  }

  // Objectives and missed limits in a line that stays in view.
  function sum() {
    const { start, now } = state;
    if (!now?.details) return null;
    const missed = now.limits.filter((limit) => !limit.isMet).length;
    return h(
      "div.whatif-sum",
      { key: "sum" },
      axes().map((axis) => {
        const metric = metricOf(axis.key, now.details.units);
        const value = now.details.totals[axis.key];
        if (!metric || !Number.isFinite(value)) return null;
        return h(
          "span",
          { key: axis.key },
          h("b", null, figure(metric, value).join(" ")),
          " ",
          metric.name === metric.unit ? "" : metric.name + " ",
          h(Delta, { metric, now: value, before: start.details?.totals[axis.key] }),
        );
      }),
      h(
        "span",
        { key: "limits" },
        missed
          ? h("span.missed", null, missed + (missed === 1 ? " limit missed" : " limits missed"))
          : "every limit met",
      ),
    );
  }

  const searching = () => takesCommands(store.detail);

  // Gives the design to the running search; what becomes of it is said at the foot of the page.
  function inject() {
    command(store.run, "inject", injected(state.index, state.start.knobs, state.now.knobs, knobs())).catch(() => {});
  }

  function left() {
    return h("div.whatif-left", null, swaps(), controls(), history());
  }

  function controls() {
    const now = state.now?.knobs?.length ? state.now.knobs : state.start.knobs;
    const before = state.start.knobs;
    const list = controlsOf(knobs(), now);
    return h(
      "section.panel.block",
      { "aria-label": "Knobs" },
      h("h3", null, "Knobs"),
      list.map((control) => {
        const start = control.knobs.map((at) => before[at]);
        const moved = control.ordinals.some((ordinal, k) => ordinal !== start[k]);
        return h(
          "fieldset.knob",
          { key: control.path + control.knobs[0], "data-moved": String(moved) },
          h(
            "legend",
            null,
            control.path,
            control.layers
              ? h(
                  "small.muted",
                  null,
                  control.ordinal < 0
                    ? " " + tally(control.ordinals.map((ordinal) => control.values[ordinal]))
                    : ", all layers",
                )
              : null,
          ),
          control.values.length > 12 ? menu(control) : buttons(control, start),
        );
      }),
    );
  }

  const moves = (control, ordinal) => ({ moves: control.knobs.map((at) => [at, ordinal]) });

  function buttons(control, start) {
    const last = control.values.length - 1;
    return h(
      "div.knob-values",
      {
        role: "radiogroup",
        "aria-label": control.path,
        "data-keys": true,
        onkeydown: (event) => radioKeys(event, control),
      },
      control.values.map((value, ordinal) => {
        const chosen = ordinal === control.ordinal;
        const ended = isOrdered({ values: control.values }) && last > 0 && (ordinal === 0 || ordinal === last);
        const was = start.every((before) => before === ordinal);
        return h(
          "button.knob-value",
          {
            key: ordinal,
            type: "button",
            role: "radio",
            "aria-checked": String(chosen),
            tabindex: chosen || (control.ordinal < 0 && ordinal === 0) ? 0 : -1,
            "data-start": String(was),
            title: [
              was ? "as at the start" : "",
              ended ? (ordinal === 0 ? "the lowest that the spec allows" : "the highest that the spec allows") : "",
            ]
              .filter(Boolean)
              .join("; "),
            onclick: () => !chosen && step(moves(control, ordinal)),
          },
          valueText(value),
          chosen && ended ? h("small", { "aria-hidden": "true" }, ordinal === 0 ? " ⤓" : " ⤒") : null,
        );
      }),
    );
  }

  function radioKeys(event, control) {
    const by = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    if (!by) return;
    const next = Math.max(0, Math.min(control.values.length - 1, Math.max(0, control.ordinal) + by));
    const group = event.currentTarget;
    if (next !== control.ordinal) step(moves(control, next));
    requestAnimationFrame(() => group.querySelectorAll("[role=radio]")[next]?.focus());
    event.preventDefault();
  }

  function menu(control) {
    return h(
      "select.quiet",
      {
        "aria-label": control.path,
        value: String(control.ordinal),
        onchange: (event) => step(moves(control, Number(event.currentTarget.value))),
      },
      control.ordinal < 0 ? h("option", { value: "-1" }, "several") : null,
      control.values.map((value, ordinal) => h("option", { key: ordinal, value: String(ordinal) }, valueText(value))),
    );
  }

  // Constants of circuit files that the design at the start leans on: a few hundred evaluations, so when they are asked for.
  function constants() {
    const { leaning } = state;
    return h(
      "details.panel.block",
      { key: "constants", ontoggle: (event) => event.currentTarget.open && !leaning && lean() },
      h("summary", null, h("b", null, "Constants of circuits")),
      leaning instanceof Error
        ? h("p.notice", null, leaning.message)
        : leaning
          ? [
              h(
                "p.small.muted",
                null,
                "What #" +
                  state.index +
                  " leans on. Share: change of the figure in percent with one percent more of the constant. A value, or the end of a band, is taken as a step.",
              ),
              leanings(leaning, (text) => step({ set: text })),
            ]
          : h("p.small.muted", { role: "status" }, "Evaluating…"),
    );
  }

  async function lean() {
    try {
      set({ leaning: await ask(base().replace(/what-if$/, "constants")) });
    } catch (problem) {
      set({ leaning: problem });
    }
  }

  // Another device or network under the design, or any setting of its spec.
  function swaps() {
    const { alternatives } = state;
    const last = (path) =>
      settled(state.steps)
        .find((made) => made.set?.startsWith(path + "="))
        ?.set.slice(path.length + 1) ?? "";
    const choose = (title, path, list) =>
      h(
        "label.swap",
        { key: path },
        h("span", null, title),
        h(
          "select.quiet",
          {
            "aria-label": title,
            value: last(path),
            onchange: (event) =>
              event.currentTarget.value
                ? step({ set: path + "=" + event.currentTarget.value })
                : go(state.steps.filter((made) => !made.set?.startsWith(path + "="))),
          },
          h("option", { value: "" }, "as in the design"),
          list.map((entry) => h("option", { key: entry.name, value: entry.name, title: entry.title }, entry.name)),
        ),
      );
    return h(
      "section.panel.block",
      { "aria-label": "Device and network" },
      h("h3", null, "Device and network"),
      alternatives
        ? [choose("Device", "cell.device", alternatives.devices), choose("Network", "workload", alternatives.networks)]
        : h("p.small.muted", null, "Loading the catalogue…"),
      h(
        "form.swap",
        {
          onsubmit: (event) => {
            event.preventDefault();
            const text = state.setting.trim();
            if (/^[A-Za-z][^=]*=\s*\S/.test(text)) {
              state.setting = "";
              step({ set: text.replace(/\s*=\s*/, "=") });
            }
          },
        },
        h("label", { for: "whatif-setting" }, "Setting"),
        h("input.quiet", {
          id: "whatif-setting",
          type: "text",
          value: state.setting,
          placeholder: "technology.node=22 nm",
          spellcheck: false,
          oninput: (event) => set({ setting: event.currentTarget.value }),
        }),
        h("button.quiet", { type: "submit" }, "Set"),
      ),
    );
  }

  function history() {
    const all = [...state.steps, ...state.undone];
    if (!all.length) return null;
    return h(
      "section.panel.block",
      { "aria-label": "Steps" },
      h("h3", null, "Steps"),
      h(
        "ol.steps",
        null,
        h(
          "li",
          { key: "start" },
          h(
            "button.link",
            { type: "button", "aria-current": state.steps.length === 0 ? "step" : null, onclick: () => goTo(0) },
            "start, #" + state.index,
          ),
        ),
        all.map((made, k) =>
          h(
            "li",
            { key: k, "data-undone": String(k >= state.steps.length) },
            h(
              "button.link",
              {
                type: "button",
                "aria-current": k === state.steps.length - 1 ? "step" : null,
                onclick: () => goTo(k + 1),
              },
              stepWords(made, knobs(), null),
            ),
          ),
        ),
      ),
    );
  }

  function right() {
    const { start, now } = state;
    const moved = state.steps.length > 0;
    if (!now?.details)
      return h(
        "div.whatif-right",
        null,
        state.waiting
          ? h("p.state", { role: "status" }, "Evaluating…")
          : h("p.none.muted", null, "There are no figures of a design that cannot be built."),
      );
    const before = moved ? start.details : null;
    const block = (title, ...body) =>
      h("section.panel.block", { key: title, "aria-label": title }, h("h3", null, title), ...body);
    return h(
      "div.whatif-right",
      { "aria-live": "polite" },
      block("Figures", figures(axes(), now.details, before)),
      block("Limits", limits(now.limits, moved ? start.limits : null)),
      kept(),
      block(
        "Breakdown",
        breakdown(now.details, { before }),
        h("details", null, h("summary", null, "Table of the parts"), partTable(now.details, { before })),
      ),
      block("Noise", noiseBars(now.details, before)),
      h(
        "details.panel.block",
        {
          key: "layers",
          open: state.layers,
          ontoggle: (event) => event.currentTarget.open !== state.layers && set({ layers: event.currentTarget.open }),
        },
        h("summary", null, h("b", null, "Layers")),
        state.layers ? layers(now.details, { before: sameLayers(before, now.details) ? before : null }) : null,
      ),
      constants(),
      chip(),
      now.warnings?.length
        ? block(
            "Warnings of the models",
            now.warnings.map((words, k) => h("p.small.muted", { key: k }, words)),
          )
        : null,
    );
  }

  const sameLayers = (before, now) => !!before && before.layers.length === now.layers.length;

  // The chip follows where its view is installed.
  function chip() {
    if (state.steps.some((made) => made.set)) return null;
    const query = stepsQuery(state.steps);
    // The figures come first: the chip is laid out once no evaluation is on its way.
    if (state.chip?.query !== query && (!state.waiting || !state.chip)) {
      state.chip?.view?.close();
      const view = chipOf({ run: store.run, design: state.index, query });
      state.chip = { query, view };
    }
    return state.chip.view
      ? h(
          "section.panel.block",
          { key: "chip", "aria-label": "Chip" },
          h("h3", null, "Chip"),
          h(Held, { element: state.chip.view.element }),
        )
      : null;
  }

  // Variants that were kept, beside start and now.
  function kept() {
    if (!state.kept.length) return null;
    const columns = [
      { name: "start", totals: state.start.details?.totals, met: met(state.start), text: "" },
      ...state.kept,
      { name: "now", totals: state.now.details?.totals, met: met(state.now), text: null },
    ];
    const keys = figureKeys(axes(), state.start.details?.totals ?? {}).slice(0, 8);
    return h(
      "section.panel.block",
      { key: "kept", "aria-label": "Kept variants" },
      h("h3", null, "Kept variants"),
      h(
        "div.scroll",
        { tabindex: "0", role: "region", "aria-label": "Kept variants, table" },
        h(
          "table.list.compare-grid",
          null,
          h(
            "thead",
            null,
            h(
              "tr",
              null,
              h("th", null, h("span.sr-only", null, "Figure")),
              columns.map((column, k) =>
                h(
                  "th.num",
                  { key: k },
                  column.text == null
                    ? column.name
                    : h("button.link", { type: "button", onclick: () => go(readSteps(column.text)) }, column.name),
                  column.text
                    ? h(
                        "button.link.remove",
                        {
                          type: "button",
                          "aria-label": "Remove " + column.name,
                          onclick: () => write(state.kept.filter((known) => known.text !== column.text)),
                        },
                        " ×",
                      )
                    : null,
                ),
              ),
            ),
          ),
          h(
            "tbody",
            null,
            keys.map((key) => {
              const metric = metricOf(key, state.start.details?.units);
              return h(
                "tr",
                { key },
                h("th", { scope: "row" }, metric.name),
                columns.map((column, k) => {
                  const value = column.totals?.[key];
                  return h(
                    "td.num",
                    { key: k },
                    Number.isFinite(value) ? figure(metric, value).join(" ") : "–",
                    k ? h("div", null, h(Delta, { metric, now: value, before: columns[0].totals?.[key] })) : null,
                  );
                }),
              );
            }),
            h(
              "tr",
              { key: "met" },
              h("th", { scope: "row" }, "limits"),
              columns.map((column, k) =>
                h("td.num", { key: k }, column.met ? "all met" : h("span.missed", null, "missed")),
              ),
            ),
          ),
        ),
      ),
    );
  }

  function keys(event) {
    if (!(event.ctrlKey || event.metaKey) || /^(INPUT|TEXTAREA)$/.test(event.target.tagName)) return;
    const key = event.key.toLowerCase();
    if (key === "z" && !event.shiftKey) undo();
    else if (key === "y" || (key === "z" && event.shiftKey)) redo();
    else return;
    event.preventDefault();
  }
  document.addEventListener("keydown", keys);

  const stop = listen((what) => {
    if (!state.start && !state.failure && what.has("front") && state.index == null) load();
    else if (["header", "detail", "metrics"].some((word) => what.has(word))) show();
  });
  load();
  return {
    close() {
      stop();
      state.chip?.view?.close();
      document.removeEventListener("keydown", keys);
      draw(parent);
    },
  };
}
