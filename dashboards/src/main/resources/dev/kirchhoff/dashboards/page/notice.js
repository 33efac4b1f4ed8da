// Notifications of the browser: a run ended, stalls, or has a new knee. Switched on by the user, kept for this browser.
import { store, listen, changed } from "/assets/store.js";
import { integer } from "/assets/format.js";
import { stateWord } from "/assets/words.js";

const KEY = "kirchhoff-notices";
const ENDED = ["finished", "stopped", "failed", "interrupted"];
const STALL = 0.3; // share of the designs without notable growth
const STALL_DESIGNS = 2000;
const GROWTH = 0.001;
const KNEE_MILLIS = 60000; // between two notices of knees

/** State of a run, as far as notifications depend on it. */
export function standing(detail, front) {
  const { evaluated = [], hypervolume = [] } = detail?.curve ?? {};
  const last = hypervolume.length - 1;
  let since = last;
  while (since > 0 && hypervolume[since - 1] >= hypervolume[last] * (1 - GROWTH)) since--;
  const designs = last >= 0 ? evaluated[last] : 0;
  const without = last > 0 ? designs - evaluated[since] : 0;
  return {
    state: detail?.state ?? "",
    knee: front.find((member) => member.knee)?.index ?? null,
    stalled: without >= STALL * designs && without >= STALL_DESIGNS ? without : 0,
  };
}

/** Sentences on what changed between two standings: [{ kind, text }]. */
export function newsBetween(before, now) {
  const news = [];
  const runs = (state) => state === "running" || state === "paused";
  if (runs(before.state) && ENDED.includes(now.state))
    news.push({ kind: "end", text: stateWord({ state: now.state }) });
  if (now.state === "running" && !before.stalled && now.stalled) {
    news.push({ kind: "stall", text: "No notable gain over the last " + integer(now.stalled) + " designs" });
  }
  if (now.state === "running" && before.knee != null && now.knee != null && now.knee !== before.knee) {
    news.push({ kind: "knee", text: "New knee: design #" + integer(now.knee) });
  }
  return news;
}

export function noticesAreOn() {
  try {
    return "Notification" in window && Notification.permission === "granted" && localStorage.getItem(KEY) === "on";
  } catch {
    return false; // a private window remembers nothing
  }
}

/** Turns notices on, which asks the user, or off. Gives a sentence where they stay off against the wish. */
export async function turnNotices(on) {
  if (!("Notification" in window)) return "This browser has no notifications.";
  const allowed = !on || (await Notification.requestPermission()) === "granted";
  try {
    localStorage.setItem(KEY, on && allowed ? "on" : "off");
  } catch {
    return "A private window cannot keep this setting.";
  }
  changed("notices");
  return allowed ? "" : "The browser does not allow notifications of this page.";
}

let known = { run: null, standing: null };
let kneeAt = 0;

/** Watches the run that is shown. */
export function watchForNotices() {
  listen((what) => {
    if (!what.has("detail") && !what.has("front")) return;
    if (!store.detail || store.detail.id !== store.run) return;
    const now = standing(store.detail, store.front);
    const before = known.run === store.run ? known.standing : now;
    known = { run: store.run, standing: now };
    if (!noticesAreOn()) return;
    for (const { kind, text } of newsBetween(before, now)) {
      if (kind === "knee" && Date.now() - kneeAt < KNEE_MILLIS) continue;
      if (kind === "knee") kneeAt = Date.now();
      new Notification(store.detail.name || store.run, { body: text + ".", tag: store.run + " " + kind });
    }
  });
}
