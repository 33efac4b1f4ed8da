// Entry point of the page: theme, address, keyboard, status line, and the choice of the view.
import { h, fill, report } from "/assets/dom.js";
import { store, listen, changed, readAddress, select, walk, address, showAddress, toggleCompared, compareAddress } from "/assets/store.js";
import { watch } from "/assets/stream.js";
import { runsView } from "/assets/runs.js";
import { liveView } from "/assets/live.js";
import { compareView } from "/assets/compare.js";

const view = document.getElementById("view");
let current = null;

function theme(name) {
  if (name) document.documentElement.dataset.theme = name;
  else delete document.documentElement.dataset.theme;
  changed("theme");
}

try { theme(localStorage.getItem("kirchhoff-theme")); } catch { theme(null); }

document.getElementById("theme").addEventListener("click", () => {
  const dark = document.documentElement.dataset.theme
    ? document.documentElement.dataset.theme === "dark"
    : matchMedia("(prefers-color-scheme: dark)").matches;
  const next = dark ? "light" : "dark";
  theme(next);
  try { localStorage.setItem("kirchhoff-theme", next); } catch { /* private window: lasts until reload */ }
});
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => changed("theme"));

function go({ run, design, compared }) {
  current?.close();
  store.selected = design;
  store.hovered = null;
  watch(run);
  current = compared ? compareView(view, compared) : run ? liveView(view) : runsView(view);
  fill(document.getElementById("crumb"),
    compared ? [h("a", { href: "/", "data-link": true }, report ? "Run" : "Runs"), h("span.sep", { "aria-hidden": "true" }, "/"), h("span.id", null, "Compare")] : run ? [report ? h("span", null, "Report") : h("a", { href: "/", "data-link": true }, "Runs"), h("span.sep", { "aria-hidden": "true" }, "/"), h("span.id", { title: run }, run)] : null);
  document.title = (compared ? "Compare" : run ?? "Runs") + " · Kirchhoff";
  scrollTo(0, 0);
}

addEventListener("popstate", () => go(readAddress()));

document.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-link]");
  if (!link || event.metaKey || event.ctrlKey || event.shiftKey) return;
  event.preventDefault();
  if (report) return go(ofReport(readAddress(new URL(link.getAttribute("href"), "http://report/"))));
  history.pushState(null, "", link.getAttribute("href"));
  go(readAddress());
});

document.addEventListener("keydown", (event) => {
  if (!store.run || event.metaKey || event.ctrlKey || event.altKey) return;
  if (/^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName)) return;
  if (event.key === "Escape") select(null);
  else if (event.key === "ArrowRight" || event.key === "ArrowDown") walk(1);
  else if (event.key === "ArrowLeft" || event.key === "ArrowUp") walk(-1);
  else if (event.key === "c" && store.selected != null) toggleCompared(store.run, store.selected);
  else return;
  event.preventDefault();
});

function status() {
  const at = document.getElementById("connection");
  if (report) {
    at.hidden = true;
    return;
  }
  const kafka = store.connection?.kafka;
  const broken = store.connection?.brokenCount ?? 0;
  const broker = !kafka ? "" : {
    connected: "broker " + kafka.bootstrap,
    connecting: "connecting to broker " + kafka.bootstrap,
    lost: "broker " + kafka.bootstrap + " lost",
    searching: "run files, no broker",
    off: "run files",
  }[kafka.phase] ?? "";
  at.dataset.state = !store.online ? "off" : kafka?.phase === "lost" ? "warn" : "on";
  const words = (broken ? [h("span.broken", { title: store.connection.broken.map((b) => b.where + ": " + b.why).join("\n") },
    broken + (broken === 1 ? " broken message" : " broken messages")), " · "] : []);
  fill(at, h("span.dot", { "aria-hidden": "true" }), words,
    store.online ? h("span", { title: kafka?.detail ?? "" }, "Live", h("span.wide", null, broker ? " · " + broker : "")) : "Reconnecting…");
}

// The way to the comparison, once there is something to compare.
function compareLink() {
  const link = document.getElementById("compare");
  link.hidden = !store.compared.length;
  link.href = compareAddress(store.compared);
  link.textContent = "Compare (" + store.compared.length + ")";
}

listen((what) => { if (what.has("connection")) status(); if (what.has("compared")) compareLink(); });
// A report has one run, and no list of runs.
function ofReport(to) {
  return to.compared ? to : { ...to, run: report.run.id };
}

const first = report ? ofReport({ design: null }) : readAddress();
if (!report && location.pathname !== "/" && !first.run && !first.compared) showAddress(address(null));
go(first);
status();
compareLink();
