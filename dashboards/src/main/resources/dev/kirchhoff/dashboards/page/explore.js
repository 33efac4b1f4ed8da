// The page of a run while it goes on and after: plot, parallel coordinates, limits, story and table of its designs, all of one
// view.
import { afterPause } from "/assets/pause.js";
import { h, draw, make, report } from "/assets/dom.js";
import {
  store,
  listen,
  change,
  select,
  axes,
  designAddress,
  toggleCompared,
  isCompared,
  togglePin,
  isPinned,
} from "/assets/store.js";
import { addressOf } from "/assets/address.js";
import { plot, plottedAxes } from "/assets/plot.js";
import { coordinates } from "/assets/coordinates.js";
import { brushBar } from "/assets/brushes.js";
import { limitsPanel } from "/assets/limits.js";
import { classesOf, colourChoices } from "/assets/colours.js";
import { columnOf, levelText } from "/assets/axes.js";
import { accuracyOf, isConfirmed, isOwn, rankOf, underText, valuesOf, verdictOf } from "/assets/verdict.js";
import { spoken } from "/assets/judge.js";
import { estimatePanel, simulatedSentence } from "/assets/estimate.js";
import { hinted } from "/assets/hint.js";
import { storyPanel } from "/assets/story.js";
import { designTable } from "/assets/designTable.js";
import { frontChoice } from "/assets/frontChoice.js";
import { drawnText } from "/assets/cloud.js";
import { integer, three, unit, clock, percent, pretty, day } from "/assets/format.js";

// Panels by the place that they have on the page.
const PANELS = { story: storyPanel, choice: frontChoice, table: designTable };

export function explorePage(parent) {
  const heads = make("div.panel-head");
  const legend = make("div.legend", { "aria-label": "Colours" });
  const plotPanel = make("section.panel.plot-panel", { "aria-label": "Designs" }, heads);
  const side = make("aside.side", { "aria-label": "Story and limits" });
  const slots = {
    story: make("section.panel.story-panel", { "aria-label": "Story" }),
    selection: make("section.panel.selection-panel", { "aria-label": "Selected design", hidden: true }),
    limits: make("section.panel.limits-panel", { "aria-label": "Limits" }),
    infeasible: make("section.panel.infeasible-panel", { "aria-label": "Infeasible designs" }),
    brushes: make("div.brush-bar"),
    coordinates: make("section.panel.coordinates-panel", { "aria-label": "Parallel coordinates" }),
    choice: make("section.panel.choice-panel", { "aria-label": "A front to choose from" }),
    table: make("section.panel.table-panel", { "aria-label": "Table of designs" }),
    events: make("details.panel.events-panel"),
    foot: make("footer.foot"),
  };
  slots.coordinates.append(make("div.panel-head", null, make("h2", null, "Parallel coordinates"), slots.brushes));
  side.append(slots.selection, slots.limits, slots.story);
  const estimate = estimatePanel();
  side.append(estimate.element);
  parent.append(
    make(
      "div.explore",
      null,
      plotPanel,
      side,
      slots.coordinates,
      slots.choice,
      slots.infeasible,
      slots.table,
      slots.events,
      slots.foot,
    ),
  );
  const parts = [plot(plotPanel), coordinates(slots.coordinates), brushBar(slots.brushes), limitsPanel(slots.limits)];
  plotPanel.append(legend);
  for (const [name, panel] of Object.entries(PANELS)) parts.push(panel(slots[name]));

  // Share of designs that miss a limit as it is set.
  function infeasibleShare() {
    const { designs, feasible } = verdictOf(store);
    return designs ? h("span.muted", { title: underText(store) }, percent(1 - feasible / designs)) : null;
  }

  function drawHeads() {
    const [across, up] = plottedAxes();
    const quantities = store.axes.filter((axis) => axis.kind === "quantity");
    const picker = (name, label, now) =>
      h(
        "select.quiet",
        {
          "aria-label": label,
          value: now?.key,
          onchange: (event) => change({ [name]: event.target.value, zoom: null }),
        },
        quantities.map((axis) => h("option", { value: axis.key, selected: axis.key === now?.key }, pretty(axis.title))),
      );
    draw(
      heads,
      h("h2", null, "Designs"),
      h(
        "span.pickers",
        null,
        picker("y", "Upwards", up),
        h("span.muted", null, "over"),
        picker("x", "To the right", across),
      ),
      h(
        "label.pickers",
        null,
        h("span.muted", null, "colour"),
        h(
          "select.quiet",
          { "aria-label": "Colour", onchange: (event) => change({ colour: event.target.value || null }) },
          h("option", { value: "", selected: !store.view.colour }, "front"),
          colourChoices().map((axis) =>
            h("option", { value: axis.key, selected: axis.key === store.view.colour }, pretty(axis.path ?? axis.title)),
          ),
        ),
      ),
      h(
        "label.key.key-bad",
        null,
        h("input", {
          type: "checkbox",
          id: "infeasible",
          checked: store.view.infeasible,
          onchange: (event) => change({ infeasible: event.target.checked }),
        }),
        "infeasible ",
        infeasibleShare(),
      ),
      h(
        "span.zoom-buttons",
        null,
        store.view.zoom
          ? h("button.quiet", { type: "button", onclick: () => change({ zoom: null }) }, "Reset zoom")
          : null,
      ),
    );
  }

  function drawLegend() {
    const classes = classesOf(store.view.colour);
    draw(
      legend,
      classes
        ? classes.list.map((kind) =>
            h(
              classes.axis ? "button.key.key-class" : "span.key.key-class",
              {
                key: kind.name,
                ...(classes.axis
                  ? {
                      type: "button",
                      title: "Brush these",
                      onclick: () => change({ brush: new Map(store.view.brush).set(classes.axis.key, kind.range) }),
                    }
                  : {}),
              },
              h("i", { style: { background: kind.colour } }),
              kind.name,
              kind.count == null ? null : h("small.muted", null, " " + integer(kind.count)),
            ),
          )
        : [
            h("span.key.key-front", null, "front"),
            h("span.key.key-dots", null, "dominated"),
            isOwn(store) && store.front.some((m) => m.onFront != null)
              ? h("span.muted", null, "opacity of a member: share of joint draws on the front" + drawnText(store.front))
              : null,
          ],
      isOwn(store) && store.detail?.gap != null
        ? h("span.muted", null, "dotted: no design of the space is ahead of it")
        : null,
      store.front.some(isConfirmed) ? h("span.key.key-confirmed", null, "confirmed by simulated chips") : null,
      store.detail?.excluded?.length ? h("span.key.key-excluded", null, "excluded") : null,
    );
  }

  function drawSelection() {
    const index = store.view.selected;
    slots.selection.hidden = index == null;
    if (index == null) return draw(slots.selection);
    const values = valuesOf(store, index);
    const row = store.data.rowOf(index);
    const accuracy = accuracyOf(store, index);
    const link = designAddress(store.run, index, { ...store.view, tab: null });
    draw(
      slots.selection,
      h(
        "div.panel-head",
        null,
        h("h2", null, "#" + index),
        h("span.muted", null, rankOf(store, index)),
        h("button.quiet.push-left", { type: "button", "aria-label": "Close", onclick: () => select(null) }, "×"),
      ),
      h(
        "dl.figures",
        null,
        axes().map((axis, k) =>
          h(
            "div",
            { key: axis.key },
            h("dt", hinted(axis.name), axis.name),
            h(
              "dd",
              null,
              values ? three(values[k]) : "…",
              " ",
              h("small", null, unit(axis.unit === axis.name ? "" : axis.unit)),
            ),
          ),
        ),
      ),
      accuracy ? h("p.small.simulated-line", null, simulatedSentence(accuracy)) : null,
      row < 0
        ? null
        : h(
            "dl.knob-line",
            null,
            store.axes
              .filter((axis) => axis.kind === "knob")
              .map((axis) => [axis, columnOf(axis, store.data)?.[row] ?? -1])
              .filter(([, level]) => level >= 0)
              .map(([axis, level]) =>
                h(
                  "div",
                  { key: axis.key },
                  h("dt", hinted(axis.path), axis.title),
                  h("dd", null, levelText(axis, level)),
                ),
              ),
          ),
      h(
        "p.selection-actions",
        null,
        h("a.button", { href: link, "data-link": true }, "Open design"),
        report
          ? null
          : h(
              "a.button",
              { href: addressOf({ page: "whatif", run: store.run }, { ...store.view, tab: null }), "data-link": true },
              "What if…",
            ),
        h("button.quiet", { type: "button", "aria-pressed": isPinned(index), onclick: () => togglePin(index) }, "Pin"),
        h(
          "button.quiet",
          {
            type: "button",
            "aria-pressed": isCompared(store.run, index),
            onclick: () => toggleCompared(store.run, index),
          },
          "Compare",
        ),
      ),
    );
  }

  function drawInfeasible() {
    const { loading, designs, feasible, missed } = verdictOf(store);
    draw(
      slots.infeasible,
      h(
        "div.panel-head",
        null,
        h("h2", null, "Missed limits"),
        h(
          "span.muted",
          null,
          designs ? integer(designs - feasible) + " of " + integer(designs) + " designs " + underText(store) : "",
        ),
      ),
      h(
        "div.bars",
        null,
        missed.length
          ? missed.map(({ name, designs: n }) =>
              h(
                "div.bar-row",
                { key: name, title: integer(n) + " of " + integer(designs) + " designs" },
                h("span.bar-name", hinted(name), pretty(name)),
                h("span.bar-value", null, percent(n / designs)),
                h("span.bar-track", null, h("i", { style: { width: (n / designs) * 100 + "%" } })),
              ),
            )
          : h(
              "p.none.muted",
              null,
              loading ? "Loading designs…" : designs ? "Every design meets every limit." : "Nothing evaluated yet.",
            ),
      ),
    );
  }

  function drawEvents() {
    const notes = (store.detail?.notes ?? []).slice(0, 40);
    draw(
      slots.events,
      h(
        "summary",
        null,
        h("h2", null, "Events"),
        h("span.muted", null, notes[0] ? " " + noteText(notes[0]) : " none yet"),
      ),
      h(
        "ol.events",
        null,
        notes.map((note) =>
          h(
            "li",
            { key: note.order.era + "-" + note.order.seq },
            h("time", null, clock(note.time)),
            h("span", null, noteWords(note)),
          ),
        ),
      ),
    );
  }

  function noteText(note) {
    return note.kind === "entered"
      ? "#" + note.index + " came to the front"
      : note.kind === "state"
        ? "Run " + note.text
        : spoken(note.text, store.header);
  }

  function noteWords(note) {
    if (note.kind !== "entered") return noteText(note);
    return [
      h("button.link", { type: "button", onclick: () => select(note.index) }, "#" + note.index),
      " ",
      note.values.map((v, k) => three(v) + " " + unit(axes()[k]?.unit || axes()[k]?.name || "")).join(", "),
    ];
  }

  function drawFoot() {
    const run = store.detail;
    if (!run) return;
    draw(
      slots.foot,
      h("span", null, run.id),
      h("span", null, "seed ", run.seed ?? "–"),
      h(
        "span",
        null,
        run.engine ?? "",
        run.islands ? ", " + run.islands + (run.islands === 1 ? " island" : " islands") : "",
      ),
      h("span", null, "model ", run.version ?? "–"),
      report
        ? h("span", null, "report of " + day(run.lastTime))
        : h(
            "span",
            null,
            run.hasLog ? (run.fromKafka ? "from its log and the broker" : "from its log") : "from the broker",
          ),
      h("span.push"),
      h(
        "span.keys",
        null,
        h("kbd", null, "←"),
        h("kbd", null, "→"),
        " along the front ",
        h("kbd", null, "?"),
        " all keys",
      ),
    );
  }

  // What depends on limits and prices as they are set is told once nothing was dragged for a moment.
  const settled = afterPause(() => {
    drawHeads();
    drawLegend();
    drawSelection();
    drawInfeasible();
  }, 150);

  const stop = listen((what) => {
    const any = (...words) => words.some((word) => what.has(word));
    if (any("header", "data", "figures", "detail", "x", "y", "colour", "infeasible", "zoom", "front", "metrics"))
      drawHeads();
    if (any("header", "data", "figures", "colour", "front", "theme")) drawLegend();
    if (any("selection", "data", "header", "front", "pins", "compared")) drawSelection();
    if (any("limits", "prices") || (!isOwn(store) && any("data", "figures"))) settled.soon();
    if (any("detail", "header")) {
      drawInfeasible();
      drawEvents();
      drawFoot();
    }
  });
  drawHeads();
  drawLegend();
  drawSelection();
  drawInfeasible();
  drawEvents();
  drawFoot();
  estimate.draw();
  return {
    close() {
      stop();
      settled.cancel();
      estimate.close();
      parts.forEach((part) => part.close());
    },
  };
}
