// The list of runs.
import { h, draw } from "/assets/dom.js";
import { store, listen, address } from "/assets/store.js";
import { integer, three, unit, day } from "/assets/format.js";
import { stateChip } from "/assets/words.js";

export function runsView(parent) {
  const show = () => draw(parent, store.ready ? (store.runs.size ? table() : empty()) : h("p.state", null, "Loading runs…"));
  show();
  const stop = listen((what) => { if (what.has("runs") || what.has("connection")) show(); });
  return { close: stop };
}

function empty() {
  return h("section.state", null,
    h("h1", null, "No runs yet"),
    h("p", null, "Start one, and it appears here while it runs:"),
    h("pre.command", null, "./kirchhoff explore examples/quickstart.yaml --dashboard"),
    h("p.muted", null, "This page watches the data directory it was started with, and a broker if one runs."));
}

function table() {
  const rows = [...store.runs.values()].sort((a, b) => (a.id < b.id ? 1 : -1));
  return h("section.page", null,
    h("h1", null, "Runs"),
    h("div.scroll", null, h("table.list.runs", null,
      h("thead", null, h("tr", null,
        h("th", null, "Spec"), h("th", null, "State"), h("th.num", null, "Designs"), h("th.num", null, "Front"),
        h("th", null, "Best"), h("th.num", null, "Hypervolume"), h("th.num", null, "Seed"), h("th", null, "Started"))),
      h("tbody", null, rows.map(row)))));
}

function row(run) {
  const share = run.budget ? Math.min(1, run.evaluated / run.budget) : 0;
  return h("tr", null,
    h("td.spec", null,
      h("a", { href: address(run.id), "data-link": true }, run.name || run.id),
      h("div.id.muted", { title: run.id }, run.id)),
    h("td", null, stateChip(run)),
    h("td.num", null, integer(run.evaluated),
      run.budget ? h("div.meter", { title: integer(run.evaluated) + " of " + integer(run.budget) }, h("i", { style: { width: share * 100 + "%" } })) : null),
    h("td.num", null, integer(run.front)),
    h("td.best", null, (run.best ?? []).filter((b) => b.value != null).map((b) => h("span.pair", null, three(b.value) + " " + unit(b.unit || b.name)))),
    h("td.num", null, three(run.hypervolume)),
    h("td.num", null, run.seed ?? "–"),
    h("td.nowrap.muted", null, day(run.firstTime)));
}
