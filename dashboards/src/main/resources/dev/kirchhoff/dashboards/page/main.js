// Entry point of the page: theme, address, keyboard, status line, and the choice of the page.
import { h, draw, report } from "/assets/dom.js";
import {
  store,
  listen,
  changed,
  change,
  adopt,
  select,
  walk,
  toggleCompared,
  compareAddress,
  togglePin,
} from "/assets/store.js";
import { readAddress } from "/assets/address.js";
import { watch } from "/assets/stream.js";
import "/assets/help.js";
import { described } from "/assets/metrics.js";
import { runHeader, setRunActions } from "/assets/header.js";
import { RunActions } from "/assets/runActions.js";
import { connectionStatus } from "/assets/connection.js";
import { watchForNotices } from "/assets/notice.js";
import { runsView } from "/assets/runs.js";
import { explorePage } from "/assets/explore.js";
import { pricesPage } from "/assets/prices.js";
import { designPage, setChipView } from "/assets/designPage.js";
import { chipView } from "/assets/chipView.js";
import { whatIfPage } from "/assets/whatIf.js";
import { compareView } from "/assets/compare.js";
import { sweepsPage } from "/assets/sweeps.js";
import { newRunPage } from "/assets/newRun.js";
import { validatePage } from "/assets/validate.js";

// Pages by the name that the address gives them.
const PAGES = {
  runs: runsView,
  explore: explorePage,
  design: designPage,
  whatif: whatIfPage,
  prices: pricesPage,
  sweep: sweepsPage,
  new: newRunPage,
  validate: validatePage,
  compare: (parent, place) => compareView(parent, place.compared),
};

setChipView(chipView);

const view = document.getElementById("view");
const top = document.getElementById("run");
let page = null;
let header = null;

// The theme that theme.js chose before the page was drawn, and changes of it.
function theme(name) {
  document.documentElement.dataset.theme = name;
  changed("theme");
}

document.getElementById("theme").addEventListener("click", () => {
  const next = document.documentElement.dataset.theme === "dark" ? "light" : "dark";
  theme(next);
  try {
    localStorage.setItem("kirchhoff-theme", next);
  } catch {
    // a private window keeps it until it is loaded again
  }
});
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", (event) => {
  try {
    if (localStorage.getItem("kirchhoff-theme")) return; // chosen on this page
  } catch {
    // a private window has chosen none
  }
  theme(event.matches ? "dark" : "light");
});

function go(place) {
  page?.close();
  page = null;
  view.replaceChildren();
  draw(view);
  adopt(place);
  watch(place.run);
  if (place.run) header ??= runHeader(top);
  else {
    header?.close();
    header = null;
    draw(top);
  }
  page = (PAGES[place.page] ?? PAGES.runs)(view, place);
  for (const link of document.querySelectorAll("a[data-place]")) {
    if (link.dataset.place === place.page) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
  }
  const name = { runs: "Runs", compare: "Compare", validate: "Validate", new: "New run" }[place.page] ?? place.run;
  document.title = name + " · Kirchhoff";
  changed("page", "view", "brush", "limits", "prices", "selection");
  scrollTo(0, 0);
}

addEventListener("popstate", () => go(readAddress(location)));

document.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-link]");
  if (!link || event.metaKey || event.ctrlKey || event.shiftKey) return;
  event.preventDefault();
  follow(link.getAttribute("href"));
});

// Goes to an address inside the page.
function follow(to) {
  if (!report) history.pushState(null, "", to);
  go(inReport(readAddress(new URL(to, "http://page/"))));
}

// A report has one run, and no list of runs.
function inReport(place) {
  if (!report || place.compared) return place;
  return place.page === "runs" ? { ...place, page: "explore", run: report.run.id } : { ...place, run: report.run.id };
}

const KEYS = {
  Escape: () => select(null),
  ArrowRight: () => walk(1),
  ArrowDown: () => walk(1),
  ArrowLeft: () => walk(-1),
  ArrowUp: () => walk(-1),
  c: () => store.view.selected != null && toggleCompared(store.run, store.view.selected),
  p: () => store.view.selected != null && togglePin(store.view.selected),
  i: () => change({ infeasible: !store.view.infeasible }),
  x: () => change({ brush: new Map(), zoom: null }),
};

document.addEventListener("keydown", (event) => {
  if (!store.run || event.defaultPrevented || event.metaKey || event.ctrlKey || event.altKey) return;
  if (/^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName) || event.target.closest("[data-keys]")) return;
  const act = KEYS[event.key];
  if (!act || store.page !== "explore") return;
  act();
  event.preventDefault();
});

// The way to the comparison, once there is something to compare.
function compareLink() {
  const link = document.getElementById("compare");
  link.hidden = !store.compared.length;
  link.href = compareAddress(store.compared);
  link.textContent = "Compare (" + store.compared.length + ")";
}

listen((what) => {
  if (what.has("compared")) compareLink();
});
described.then(() => changed("metrics", "header"));

setRunActions((of) => h(RunActions, of));
go(inReport(readAddress(report ? new URL("http://report/") : location)));
if (!report && store.page === "runs") history.replaceState(null, "", "/");
compareLink();
if (report) document.getElementById("connection").hidden = true;
else {
  connectionStatus(document.getElementById("connection"));
  watchForNotices();
}
