// A design as a page: overview, cost, layers, chip, accuracy and spec.
import { h, draw, get, copy, make, Held, report } from "/assets/dom.js";
import {
  store,
  listen,
  change,
  axes,
  designAddress,
  isCompared,
  toggleCompared,
  isPinned,
  togglePin,
} from "/assets/store.js";
import { addressOf } from "/assets/address.js";
import {
  constraintsOf,
  exclusionOf,
  frontOrder,
  isOwn,
  missesOf,
  rankOf,
  underText,
  verdictOf,
} from "/assets/verdict.js";
import { ask } from "/assets/models.js";
import { described } from "/assets/metrics.js";
import { controlsOf } from "/assets/steps.js";
import { tally, valueText } from "/assets/knobs.js";
import { figures, limits, breakdown, partTable, layers, noiseBars } from "/assets/designBlocks.js";
import { costTree, pathOf } from "/assets/costTree.js";
import { neighbourTable, tornado, tryAddress } from "/assets/neighbours.js";
import { accuracyView } from "/assets/accuracyView.js";
import { simulatedSentence } from "/assets/estimate.js";
import { hinted } from "/assets/hint.js";
import { integer, three, unit, pretty, percent } from "/assets/format.js";

const TABS = [
  ["overview", "Overview"],
  ["cost", "Cost"],
  ["layers", "Layers"],
  ["chip", "Chip"],
  ["accuracy", "Accuracy"],
  ["spec", "Spec"],
];

// View of the chip as it is mapped; registered by its module.
let chipView = null;

/** `view(element, { run, design, query })` draws the chip and returns `{ close() }`. */
export function setChipView(view) {
  chipView = view;
}

/** Held chip of a design: an element that the registered view fills, or null without one. */
export function chipOf(place) {
  if (!chipView) return null;
  const element = make("div.chip-view");
  const view = chipView(element, place);
  return { element, close: () => view?.close?.() };
}

export function designPage(parent, place) {
  const state = {
    index: place.design,
    design: null, // as the log and the models tell it
    failure: "",
    limits: null, // slack of each limit, by the models
    neighbours: null,
    errors: null,
    allNeighbours: false,
    picked: null,
    cost: { which: "energy", path: [], open: new Set() },
    chip: null,
  };
  const at = (rest = "") => "/api/runs/" + encodeURIComponent(store.run) + "/designs/" + state.index + rest;

  function set(part) {
    Object.assign(state, part);
    show();
  }

  async function load() {
    if (state.index == null) return show();
    show();
    try {
      const [design] = await Promise.all([get(at()), described]);
      set({ design, failure: "" });
    } catch (problem) {
      return set({ failure: problem.message });
    }
    if (report || !state.design.details) return;
    for (const [name, rest] of [
      ["limits", "/what-if"],
      ["neighbours", "/neighbours"],
      ["errors", "/errors"],
    ]) {
      try {
        const found = await ask(at(rest));
        set({ [name]: name === "limits" ? found.limits : found });
      } catch (problem) {
        set({ [name]: problem });
      }
    }
  }

  function show() {
    draw(
      parent,
      state.failure
        ? h("section.state", null, h("h1", null, "Nothing to show"), h("p", null, state.failure))
        : state.design
          ? page()
          : h("p.state", { role: "status" }, "Loading design #" + state.index + "…"),
    );
  }

  function page() {
    const { design } = state;
    const tabs = TABS.filter(([name]) =>
      name === "accuracy" ? design.accuracy : name === "chip" ? chipView && !report : true,
    );
    const tab = tabs.some(([name]) => name === store.view.tab) ? store.view.tab : "overview";
    if (tab !== "chip" && state.chip) {
      state.chip.close();
      state.chip = null;
    }
    return h(
      "section.design-page",
      { "aria-label": "Design " + state.index },
      head(),
      h(
        "div.design-tabs",
        { role: "tablist", "aria-label": "Views of the design", onkeydown: tabKeys },
        tabs.map(([name, title]) =>
          h(
            "button.tab",
            {
              key: name,
              id: "tab-" + name,
              type: "button",
              role: "tab",
              "aria-selected": String(name === tab),
              "aria-controls": "tab-panel",
              tabindex: name === tab ? 0 : -1,
              onclick: () => change({ tab: name === "overview" ? null : name }),
            },
            title,
          ),
        ),
      ),
      h(
        "div.tab-panel",
        { id: "tab-panel", role: "tabpanel", "aria-labelledby": "tab-" + tab, key: tab },
        views[tab](),
      ),
    );
  }

  function tabKeys(event) {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    const list = [...event.currentTarget.querySelectorAll("[role=tab]")];
    const next = list[(list.indexOf(document.activeElement) + step + list.length) % list.length];
    next.focus();
    next.click();
    event.preventDefault();
    event.stopPropagation();
  }

  function head() {
    const { design } = state;
    const order = frontOrder(store);
    const place = order.indexOf(state.index);
    const isKnee = verdictOf(store).knee?.index === state.index;
    const under = isOwn(store) ? "" : " " + underText(store);
    const neighbour = (step) => order[place + step];
    const view = { ...store.view };
    const link = (index, words, label) =>
      index == null
        ? h("span.quiet.off", { "aria-hidden": "true" }, words)
        : h(
            "a.quiet",
            { href: designAddress(store.run, index, view), "data-link": true, "aria-label": label, "data-walk": words },
            words,
          );
    const units = store.header?.recorded?.slacks ?? [];
    const missed = isOwn(store)
      ? design.violations
          .map((amount, k) => [amount, (store.header?.constraints ?? [])[k], units[k]?.unit])
          .filter(([amount]) => amount > 0)
      : missesOf(store, state.index).map(({ name, by, unit: of }) => [by, name, of]);
    const exclusion = exclusionOf(store, state.index);
    const pinned = isPinned(state.index);
    const compared = isCompared(store.run, state.index);
    return [
      h(
        "div.design-line",
        { key: "head" },
        h("h2", null, "Design #" + state.index),
        h(
          "span.muted",
          null,
          place >= 0
            ? place + 1 + " of " + integer(order.length) + " on the front" + (isKnee ? ", the knee" : "") + under
            : isOwn(store)
              ? design.onFront
                ? "on the front"
                : "not on the front"
              : rankOf(store, state.index),
        ),
        h("span.push"),
        place >= 0
          ? [link(neighbour(-1), "←", "Previous on the front"), link(neighbour(1), "→", "Next on the front")]
          : null,
        h(
          "button.quiet",
          { type: "button", "aria-pressed": String(pinned), onclick: () => togglePin(state.index) },
          pinned ? "Pinned ✓" : "Pin",
        ),
        h(
          "button.quiet",
          {
            type: "button",
            "aria-pressed": String(compared),
            title: "Add to the comparison (c)",
            onclick: () => toggleCompared(store.run, state.index),
          },
          compared ? "Compared ✓" : "Compare",
        ),
        report
          ? null
          : h(
              "a.button",
              {
                href: addressOf(
                  { page: "whatif", run: store.run },
                  { ...store.view, selected: state.index, tab: null },
                ),
                "data-link": true,
              },
              "What if…",
            ),
      ),
      missed.length
        ? h(
            "p.notice",
            { key: "missed" },
            "Infeasible: " +
              missed
                .map(
                  ([amount, text, of]) =>
                    pretty(text ?? "a limit") +
                    (amount == null ? " is missed" : " is missed by " + (three(amount) + " " + unit(of)).trim()),
                )
                .join("; "),
          )
        : null,
      exclusion ? h("p.notice", { key: "excluded" }, exclusion[0].toUpperCase() + exclusion.slice(1) + ".") : null,
      design.warnings
        .filter((words) => words.startsWith("The log says"))
        .map((words) => h("p.notice", { key: words }, words)),
      design.detailsMissing ? h("p.notice", { key: "missing" }, "No breakdown: " + design.detailsMissing) : null,
    ];
  }

  const pick = (part, which) => set({ picked: state.picked === part && which == null ? null : part });

  function openCost(part, which) {
    const tree = state.design.details.trees[which ?? "energy"];
    const path = pathOf(tree, part) ?? [];
    const open = new Set(path.map((_, k) => path.slice(0, k).join(".")));
    state.cost = { which: which ?? "energy", path, open };
    change({ tab: "cost" });
  }

  const views = {
    overview() {
      const { design } = state;
      const { details } = design;
      return h(
        "div.overview",
        null,
        block("Knobs", knobs()),
        details ? block("Figures", figures(axes(), details)) : null,
        h(
          "div.halves",
          null,
          details?.trees.energy || details?.trees.area
            ? block("Breakdown", [
                breakdown(details, {
                  picked: state.picked,
                  onpick: (part, which) => (which === "latency" ? change({ tab: "layers" }) : openCost(part, which)),
                }),
                partTable(details, { picked: state.picked, onpick: pick }),
              ])
            : null,
          h(
            "div.stack",
            null,
            block(
              "Limits",
              waiting(state.limits, (list) => limits(list)),
            ),
            block("Confidence", [
              design.accuracy ? h("p", null, simulatedSentence(design.accuracy)) : null,
              sure(),
              waiting(state.errors, tornado),
            ]),
            remarks(),
          ),
        ),
        block(
          "One knob away",
          waiting(state.neighbours, (list) =>
            neighbourTable({
              list,
              axes: axes(),
              values: design.values,
              knobs: store.header?.knobs ?? [],
              ordinals: design.knobs.map((knob) => knob.ordinal),
              all: state.allNeighbours,
              onall: () => set({ allNeighbours: !state.allNeighbours }),
              tryAddress: tryAddress(store.run, state.index, store.view),
            }),
          ),
        ),
      );
    },
    cost() {
      const { details } = state.design;
      return details ? costTree(details, state.cost, (part) => set({ cost: { ...state.cost, ...part } })) : missing();
    },
    layers() {
      const { details } = state.design;
      if (!details) return missing();
      const text = constraintsOf(store).find((constraint) => /^snr\s*>=/.test(constraint));
      return h(
        "section.panel.block",
        { "aria-label": "Layers" },
        noiseBars(details),
        layers(details, { limit: text ? parseFloat(text.split(">=")[1]) : null }),
      );
    },
    chip() {
      state.chip ??= chipOf({ run: store.run, design: state.index });
      return state.chip ? h(Held, { element: state.chip.element }) : missing();
    },
    accuracy: () => accuracyView(state.design.accuracy),
    spec() {
      const { details, specMissing } = state.design;
      if (!details?.spec)
        return h("p.none.muted", null, "No resolved spec: " + (specMissing ?? state.design.detailsMissing ?? ""));
      return h(
        "section.panel.block",
        { "aria-label": "Spec" },
        h(
          "div.block-head",
          null,
          h("h3", null, "Resolved spec"),
          h("span.push"),
          h("button.quiet", { type: "button", onclick: (event) => copy(details.spec, event.currentTarget) }, "Copy"),
        ),
        h("pre.spec-text", { tabindex: "0" }, details.spec),
      );
    },
  };

  function missing() {
    return h("p.none.muted", null, state.design.detailsMissing ?? "There is nothing to show.");
  }

  function block(title, body) {
    return h("section.panel.block", { "aria-label": title }, h("h3", null, title), body);
  }

  function waiting(value, body) {
    if (report) return h("p.none.muted", null, "This file holds no models; ask where the run is.");
    if (value instanceof Error) return h("p.none.muted", null, value.message);
    return value
      ? body(value)
      : state.design.details
        ? h("p.none.muted", { role: "status" }, "Evaluating…")
        : missing();
  }

  // Share of draws in which the design stays on the front, where the run has drawn it.
  function sure() {
    const member = store.front.find((known) => known.index === state.index);
    if (member?.onFront == null) return null;
    return h(
      "p",
      null,
      isOwn(store) ? "It stays on the front in " : "It stays on the front of the run in ",
      h("b", null, percent(member.onFront)),
      " of joint draws of the models' errors.",
    );
  }

  function remarks() {
    const words = state.design.warnings.filter((text) => !text.startsWith("The log says"));
    return words.length
      ? block(
          "Warnings of the models",
          words.map((text) => h("p.small.muted", { key: text }, text)),
        )
      : null;
  }

  // Knobs by path, values of layers together, bounds marked.
  function knobs() {
    const header = store.header?.knobs ?? [];
    const ordinals = state.design.knobs.map((knob) => knob.ordinal);
    const list = controlsOf(header.length ? header : state.design.knobs, ordinals);
    return h(
      "dl.knob-grid",
      null,
      list.map((control) =>
        h(
          "div",
          { key: control.path + control.knobs[0] },
          h("dt", hinted(control.path), control.path),
          h(
            "dd",
            null,
            control.layers && control.ordinal < 0
              ? tally(control.ordinals.map((ordinal) => control.values[ordinal]))
              : valueText(state.design.knobs[control.knobs[0]].value),
            control.layers && control.ordinal >= 0 ? h("small.muted", null, " all layers") : null,
            control.bound
              ? h(
                  "small.bound",
                  {
                    title:
                      "The " +
                      control.bound +
                      " of the values that the spec allows: " +
                      control.values.map(valueText).join(", "),
                  },
                  " " + control.bound,
                )
              : null,
          ),
        ),
      ),
    );
  }

  function keys(event) {
    if (event.defaultPrevented || event.metaKey || event.ctrlKey || event.altKey) return;
    if (/^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName) || event.target.closest?.("[data-keys], [role=tablist]"))
      return;
    const walk = { ArrowLeft: "←", ArrowRight: "→" }[event.key];
    if (walk) parent.querySelector('[data-walk="' + walk + '"]')?.click();
    else if (event.key === "c") toggleCompared(store.run, state.index);
    else if (event.key === "p") togglePin(state.index);
    else return;
    event.preventDefault();
  }
  document.addEventListener("keydown", keys);

  const stop = listen((what) => {
    if (!state.design && !state.failure) return;
    if (["front", "header", "compared", "pins", "tab", "metrics", "page"].some((word) => what.has(word))) show();
    if (["limits", "prices"].some((word) => what.has(word)) || (!isOwn(store) && what.has("data"))) show();
    const member = store.front.find((known) => known.index === state.index);
    if (what.has("front") && state.design && !state.design.accuracy && member?.accuracy) load();
  });
  load();
  return {
    close() {
      stop();
      state.chip?.close();
      document.removeEventListener("keydown", keys);
      draw(parent);
    },
  };
}
