// Sentences and marks for the state of a run.
import { h } from "/assets/dom.js";
import { integer, three, unit, pretty } from "/assets/format.js";

const STATES = {
  running: "Running",
  paused: "Paused",
  loading: "Reading the log",
  silent: "Silent",
  interrupted: "Interrupted",
  finished: "Finished",
  stopped: "Stopped",
  failed: "Failed",
  damaged: "Damaged",
  unknown: "Unknown",
};
const MARKS = {
  running: "●",
  paused: "‖",
  loading: "…",
  silent: "○",
  interrupted: "!",
  finished: "✓",
  stopped: "■",
  failed: "×",
  damaged: "⚠",
  unknown: "?",
};

export function stateWord(run) {
  return run.state === "silent" ? "Silent for " + integer(run.silent_s) + " s" : (STATES[run.state] ?? run.state);
}

export function stateChip(run) {
  return h(
    "span.chip",
    { "data-state": run.state, title: run.reason },
    h("span.mark", { "aria-hidden": "true" }, MARKS[run.state] ?? "?"),
    stateWord(run),
  );
}

const SUPERLATIVES = { area: "smallest", latency: "fastest", energy: "lowest energy", power: "lowest power" };

export function sentence(run) {
  const parts = [];
  const budget = run.budget ? " of " + integer(run.budget) : "";
  const rate = run.rate_perS != null && run.state !== "interrupted" ? " at " + three(run.rate_perS) + " /s" : "";
  parts.push(h("b", null, integer(run.evaluated)), budget + " designs" + rate + ". ");
  if (!run.front) {
    const none = run.state === "loading" ? "Reading the log…" : "Nothing evaluated yet.";
    parts.push(run.evaluated ? "None meets every limit yet." : none);
    return parts;
  }
  parts.push(h("b", null, integer(run.front)), " on the front");
  for (const best of run.best ?? []) {
    if (best.value == null) continue;
    const word = best.maximise ? "best" : (SUPERLATIVES[best.name] ?? "lowest " + best.name);
    parts.push(", " + word + " ", h("b", null, three(best.value) + " " + unit(best.unit || best.name)));
  }
  parts.push(".");
  if (run.gap != null) {
    parts.push(" Complete within ", h("b", null, three(100 * run.gap) + " %"), ".");
  }
  return parts;
}

export function trouble(run) {
  switch (run.state) {
    case "damaged":
      return (
        "The log of this run is damaged, so nothing of it is shown. " +
        run.reason +
        ". " +
        "To go on from its last good round: ./kirchhoff resume " +
        run.id +
        " --from-last-good"
      );
    case "interrupted":
      return "No process writes this run any more, and its log has no end. The page shows it up to its last line.";
    case "silent":
      return (
        "No event of this run came for " + integer(run.silent_s) + " s; it may have ended, or the broker may be slow."
      );
    case "failed":
      return "The run failed" + (run.reason ? ": " + run.reason : ".");
    case "stopped":
      return run.reason ? "Stopped: " + run.reason : "";
    case "paused":
      return "Paused" + (run.reason ? ": " + run.reason : ".");
    case "loading":
      return "The log is being read; numbers grow until its end.";
    default:
      return "";
  }
}

export function missedWords(mask, constraints) {
  if (!mask) return "";
  if (mask === 2147483647) return "no value";
  const names = (constraints ?? []).filter((_, k) => mask & (1 << Math.min(k, 30)));
  return names.length ? "misses " + names.map(pretty).join(", ") : "infeasible";
}
