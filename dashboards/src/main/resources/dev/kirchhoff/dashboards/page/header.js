// The header of every page of a run: name, what is explored, state with its phase, budget and time left, the best knee, and
// the pages of the run.
import uPlot from "/assets/uplot/uPlot.esm.js";
import { afterPause } from "/assets/pause.js";
import { h, draw, Held, make, report, copy, get } from "/assets/dom.js";
import { store, listen, axes, axisName, pageAddress, designAddress } from "/assets/store.js";
import { addressOf } from "/assets/address.js";
import { setHere } from "/assets/setHere.js";
import { isOwn, underText, verdictOf } from "/assets/verdict.js";
import { integer, three, quantity, pretty, between } from "/assets/format.js";
import { stateChip, trouble } from "/assets/words.js";
import { limitsSet } from "/assets/judge.js";
import { marksOf } from "/assets/standing.js";
import { bandTitle } from "/assets/metrics.js";
import { spaceSize } from "/assets/axes.js";

const TABS = [
  ["explore", "Explore"],
  ["design", "Design"],
  ["whatif", "What-if"],
  ["prices", "Prices"],
  ["sweep", "Sweep"],
];

export function runHeader(parent) {
  const curve = volumeCurve();
  let bands = null; // of the knee: index, bands of its figures, marks of its silicon

  // The knee of the front as it is shown.
  function knee() {
    return verdictOf(store).knee;
  }

  // The band of the knee, once per knee.
  function askBands() {
    const member = knee();
    if (!member || !store.data.loaded || store.view.prices.size) return; // its account takes as long as the designs
    if (bands?.index === member.index || (store.detail?.state === "running" && bands)) return;
    const { run } = store;
    bands = { index: member.index, of: {}, marks: [] };
    Promise.resolve()
      .then(() => get("/api/runs/" + encodeURIComponent(run) + "/designs/" + member.index))
      .then(
        (design) => {
          if (store.run !== run || bands?.index !== member.index) return;
          bands.of = design.details?.bands ?? {};
          bands.marks = marksOf(design.details);
          show();
        },
        () => {},
      );
  }

  function show() {
    const run = store.detail ?? store.runs.get(store.run);
    if (store.error) {
      draw(
        parent,
        h(
          "section.state",
          null,
          h("h1", null, "Nothing to show"),
          h("p", null, store.error),
          h("p", null, h("a", { href: "/", "data-link": true }, "All runs")),
        ),
      );
      return;
    }
    if (!run) {
      draw(parent, h("p.state", null, "Loading run…"));
      return;
    }
    const notice = notices(run);
    draw(
      parent,
      h(
        "section.run-head",
        { "aria-label": "Run" },
        h(
          "div.run-line",
          null,
          h("h1", { title: run.id }, run.name || run.id),
          stateChip(run),
          h("span.sentence", { "aria-live": "polite" }, progress(run), onFront(run)),
          h("span.push"),
          h("span.run-actions", { id: "run-actions" }, report ? null : h(Actions, { run })),
        ),
        h("div.explored", null, explored(run)),
        h(
          "div.run-line.budget-line",
          null,
          budgetBar(run),
          h(Held, { element: curve.element }),
          h("span.knee-line", null, kneeLine()),
        ),
        notice ? h("p.notice", { role: "status" }, notice) : null,
        h(
          "div.tabs-row",
          null,
          h(
            "nav.tabs-line",
            { "aria-label": "Pages of the run" },
            TABS.filter(([page]) => !report || page === "explore" || page === "prices" || page === "design").map(
              ([page, name]) =>
                h(
                  "a",
                  {
                    href: linkTo(page),
                    "data-link": true,
                    "aria-current": store.page === page ? "page" : null,
                  },
                  name,
                ),
            ),
          ),
          setHere(),
        ),
      ),
    );
    curve.draw();
  }

  function linkTo(page) {
    const design = store.view.selected ?? store.design ?? knee()?.index ?? store.front[0]?.index ?? 0;
    if (page === "design") return designAddress(store.run, design, { ...store.view, tab: null });
    if (page === "whatif") {
      return addressOf({ page, run: store.run }, { ...store.view, selected: design, tab: null });
    }
    return pageAddress(page);
  }

  function kneeLine() {
    const member = knee();
    if (!member)
      return isOwn(store) ? null : h("span.muted", null, verdictOf(store).loading ? "Loading the knee…" : "No knee");
    const figures = axes().map((axis, k) => {
      const known = bands?.index === member.index && !store.view.prices.size ? bands.of : null;
      const band = known?.[axis.key];
      const around =
        band && !axis.band ? between(band.low, band.nominal ?? member.values[k], band.high, axis.unit) : "";
      // Value and band in one unit.
      const [number, of] = quantity(member.values[k], axis.unit || axis.name);
      return h(
        "span.figure",
        { title: bandTitle(axisName(axis), known, axis.key) },
        h("b", null, number),
        " " + of,
        around ? h("small.muted", { title: "where the sources of the models disagree" }, " (" + around + ")") : null,
      );
    });
    const silicon = (bands?.index === member.index ? bands.marks : []).map(({ part, grade, reason }) =>
      h("span.mark-silicon", { key: part, title: grade + ": " + reason }, part + " " + grade + " "),
    );
    return [
      isOwn(store) ? "Knee " : h("span", { title: underText(store) }, "Knee as set here "),
      h("a", { href: designAddress(store.run, member.index), "data-link": true }, "#" + member.index),
      " ",
      ...figures,
      ...silicon,
    ];
  }

  // Links of the pages keep the view; they follow when nothing was dragged for a moment.
  const settled = afterPause(() => {
    askBands();
    show();
  }, 300);

  const stop = listen((what) => {
    if (["front", "header", "detail", "data"].some((w) => what.has(w))) askBands();
    if (what.has("view") || (!isOwn(store) && ["data", "figures"].some((w) => what.has(w)))) settled.soon();
    if (
      ["run", "runs", "detail", "header", "front", "connection", "page", "selection", "theme"].some((w) => what.has(w))
    ) {
      if (what.has("run")) bands = null;
      if (what.has("theme")) curve.renew();
      show();
    }
  });
  show();
  return {
    close() {
      stop();
      settled.cancel();
      curve.close();
    },
  };
}

// Buttons of the run; the commands register here.
let actions = () => null;

export function setRunActions(component) {
  actions = component;
}

function Actions({ run }) {
  return [
    actions({ run }),
    h(
      "button.quiet",
      { type: "button", title: "Copy the address of this view", onclick: (e) => copy(location.href, e.currentTarget) },
      "Share",
    ),
  ];
}

// Designs that a run has done: all rows of a large sweep, of which it shows a sample.
const doneOf = (run) => run.swept?.rows ?? run.evaluated;

function progress(run) {
  const designs = doneOf(run);
  const parts = [h("b", null, integer(designs)), run.budget ? " of " + integer(run.budget) : "", " designs"];
  if (run.rate_perS != null && run.state !== "interrupted") parts.push(" at " + three(run.rate_perS) + " /s");
  const left = run.state === "running" && run.budget && run.rate_perS > 0 ? (run.budget - designs) / run.rate_perS : 0;
  if (left > 1) parts.push(", " + duration(left) + " left");
  const done = run.state === "running" && run.budget && designs >= run.budget;
  if (done) parts.push(simulated(run) ? ", searched; simulating the front" : ", searched; finishing");
  return parts;
}

// Members that were simulated, and designs that this took off the front.
function simulated(run) {
  const members = store.front.filter((member) => member.accuracy).length;
  const excluded = run.excluded?.length ?? 0;
  return [
    members ? integer(members) + " simulated" : "",
    excluded ? integer(excluded) + (excluded === 1 ? " design excluded" : " designs excluded") : "",
  ]
    .filter(Boolean)
    .join(", ");
}

// Members of the front as it is shown.
function onFront(run) {
  const { own, loading, members } = verdictOf(store);
  if (!own && loading) return " · judging…";
  const count = own ? run.front : members;
  const under = own ? "" : h("span", { title: underText(store) }, " as set here");
  const chips = own && simulated(run) ? ", " + simulated(run) : "";
  const gap = own && run.gap != null ? ", complete within " + three(100 * run.gap) + " %" : "";
  if (count) return [" · ", h("b", null, integer(count)), " on the front" + chips + gap, under];
  return run.evaluated ? [" · none meets every limit" + (own ? " yet" : ""), under] : "";
}

export function duration(seconds) {
  if (seconds < 90) return Math.round(seconds) + " s";
  if (seconds < 5400) return Math.round(seconds / 60) + " min";
  return (seconds / 3600).toFixed(1) + " h";
}

function notices(run) {
  const words = [
    !store.online && store.ready
      ? "The connection to the dashboard is lost; the page shows the last known state."
      : trouble(run),
    run.known < run.evaluated ? integer(run.evaluated - run.known) + " designs have not been read yet." : "",
    run.thinned ? run.thinned.note + "." : "",
    run.swept
      ? "The designs here are a sample of " +
        integer(run.evaluated) +
        " of a sweep of " +
        integer(run.swept.rows) +
        " so far, with all of its front; " +
        integer(run.swept.feasible) +
        " are feasible."
      : "",
  ];
  return words.filter(Boolean).join(" ");
}

// Summary of what is explored: network, node, size of the space, objectives and limits.
function explored() {
  const { header } = store;
  if (!header) return null;
  const { workload, technology } = header.iso ?? {};
  const node = typeof technology === "string" ? technology : technology?.node;
  const knobs = (header.knobs ?? []).length;
  const parts = [
    networkName(workload),
    typeof node === "string" ? node : null,
    knobs
      ? [integer(knobs) + (knobs === 1 ? " knob, " : " knobs, "), scientific(spaceSize(header.knobs)), " designs"]
      : null,
    wants(),
    limitsSet(header, store.view.limits).map(({ text, own, isMoved, key }, k) => [
      k ? ", " : "",
      isMoved ? h("b.set-limit", { key, title: "set here; in the run: " + pretty(own) }, pretty(text)) : pretty(text),
    ]),
  ];
  return parts
    .filter((part) => part && part.length !== 0)
    .map((part, k) => [k ? h("span.sep", { "aria-hidden": "true" }, " · ") : null, h("span", null, part)]);
}

function networkName(workload) {
  if (typeof workload === "string") return workload;
  if (Array.isArray(workload)) return workload.map((one) => networkName(one.network ?? one)).join(" + ");
  if (workload?.any) return workload.any.map(networkName).join(" or ");
  if (workload?.kernel) return networkName(workload.kernel);
  return workload?.network ? networkName(workload.network) : (workload?.file ?? workload?.name ?? null);
}

function wants() {
  const list = axes();
  const words = [true, false].map((up) => {
    const names = list.filter((axis) => !!axis.maximise === up).map(axisName);
    return names.length ? (up ? "maximise " : "minimise ") + names.join(", ") : "";
  });
  return words.filter(Boolean).join("; ");
}

function scientific(size) {
  const value = Number(size);
  if (value < 1e6) return integer(value);
  const power = Math.floor(Math.log10(value));
  return [(value / 10 ** power).toFixed(0) + " × 10", h("sup", null, String(power))];
}

function budgetBar(run) {
  const share = run.budget ? Math.min(1, doneOf(run) / run.budget) : run.state === "finished" ? 1 : 0;
  return h(
    "div.budget",
    {
      role: "progressbar",
      "aria-valuenow": Math.round(100 * share),
      "aria-valuemin": 0,
      "aria-valuemax": 100,
      "aria-label": "Budget",
    },
    h("i", { style: { width: 100 * share + "%" } }),
  );
}

// Hypervolume over evaluations, beside the budget.
function volumeCurve() {
  const element = make("div.volume", { title: "Hypervolume of the front over evaluated designs" });
  let chart = null;

  function draw() {
    const curve = store.detail?.curve;
    element.hidden = !curve || curve.evaluated.length < 2;
    if (element.hidden) return;
    const data = [curve.evaluated, curve.hypervolume];
    element.title =
      "Hypervolume " +
      three(curve.hypervolume.at(-1)) +
      " after " +
      integer(curve.evaluated.at(-1)) +
      " designs, 0 to " +
      three(Math.max(...curve.hypervolume));
    if (chart) return chart.setData(data);
    const colour = getComputedStyle(document.documentElement).getPropertyValue("--accent").trim();
    chart = new uPlot(
      {
        width: 150,
        height: 26,
        legend: { show: false },
        cursor: { show: false },
        padding: [2, 2, 2, 2],
        scales: { x: { time: false } },
        axes: [{ show: false }, { show: false }],
        series: [{}, { stroke: colour, width: 1.5, paths: uPlot.paths.stepped({ align: 1 }), points: { show: false } }],
      },
      data,
      element,
    );
  }

  function renew() {
    chart?.destroy();
    chart = null;
    element.replaceChildren();
  }

  return { element, draw, renew, close: renew };
}
