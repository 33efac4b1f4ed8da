// Commands to the search of a run, in the words of `./kirchhoff steer`: given, answered, and what was said of them.
import { h, draw, make, get, post } from "/assets/dom.js";
import { store, listen, changed } from "/assets/store.js";
import { spoken } from "/assets/judge.js";

const LOOK_MILLIS = 2000; // where the stream is cut, the answer is asked for
const SHOWN_MILLIS = 12000;

const path = (run) => "/api/runs/" + encodeURIComponent(run);

/**
 * Gives a command: `command(run, "limit", ["area <= 40 mm2"])`. The promise holds the answer, { command, accepted, reason,
 * atIndex, result }; it fails with the server's sentence where the words are no command to this run. What was said is shown
 * at the foot of the page, and in the events of the run.
 */
export async function command(run, word, args = []) {
  const list = args.map(String);
  const words = spoken([word, ...list].join(" "), store.header);
  const line = say(words, "given, waiting for the answer…", "waiting");
  try {
    const given = await post(path(run) + "/commands", { command: word, arguments: list });
    const answer = await answerTo(run, given.command);
    line(spoken(answer.command, store.header), answer.result, answer.accepted ? "good" : "bad");
    return answer;
  } catch (failure) {
    line(words, failure.message, "bad");
    throw failure;
  }
}

// The answer, from the events of the run.
function answerTo(run, id) {
  return new Promise((resolve, reject) => {
    const look = (detail) => {
      const answer = detail?.commands?.find((one) => one.id === id);
      if (answer) done(() => resolve(answer));
      else if (detail && !["running", "paused", "loading"].includes(detail.state))
        done(() => reject(new Error("The run ended before it took the command.")));
    };
    const stop = listen((what) => what.has("detail") && store.run === run && look(store.detail));
    const timer = setInterval(
      () =>
        get(path(run)).then(
          (answer) => look(answer.run),
          () => {}, // the server is away; the next look asks again
        ),
      LOOK_MILLIS,
    );
    const done = (end) => {
      stop();
      clearInterval(timer);
      end();
    };
    if (store.run === run) look(store.detail);
  });
}

// True if a command can reach the search of a run: its process is here and goes on.
export function takesCommands(run) {
  return !!run?.hasLog && (run.state === "running" || run.state === "paused");
}

const said = []; // { key, words, text, kind }
let shelf = null;
let keys = 0;

// Shows a sentence at the foot of the page; gives a function that replaces it, after which it fades.
export function say(words, text, kind = "good") {
  const entry = { key: ++keys, words, text, kind };
  said.push(entry);
  show();
  if (kind !== "waiting") setTimeout(() => remove(entry), SHOWN_MILLIS);
  return (newWords, newText, newKind) => {
    Object.assign(entry, { words: newWords, text: newText, kind: newKind });
    show();
    setTimeout(() => remove(entry), SHOWN_MILLIS);
    changed("commands");
  };
}

function remove(entry) {
  const at = said.indexOf(entry);
  if (at >= 0) said.splice(at, 1);
  show();
}

function show() {
  if (!shelf) {
    shelf = make("div.said", { role: "status", "aria-live": "polite", "aria-label": "Commands" });
    document.body.append(shelf);
  }
  draw(
    shelf,
    said
      .slice(-4)
      .map((entry) =>
        h(
          "p.said-line",
          { key: entry.key, "data-kind": entry.kind },
          h("b", null, entry.words),
          " ",
          h("span", null, entry.text),
          h("button.link", { type: "button", "aria-label": "Close", onclick: () => remove(entry) }, "×"),
        ),
      ),
  );
}
