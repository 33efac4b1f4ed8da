// Keys of the page and its words, in a dialog: "?" opens it, "/" with the search in focus.
import { h, draw } from "/assets/dom.js";
import { store, select, designAddress } from "/assets/store.js";
import { search } from "/assets/glossary.js";
import { knownGlossary, knownVariables } from "/assets/hint.js";
import { follow } from "/assets/links.js";

const KEYS = [
  [
    "Everywhere",
    [
      ["?", "these keys"],
      ["/", "find a word or a design"],
      ["Tab, Shift Tab", "next and previous control"],
      ["Esc", "closes a dialog or a hint; removes the selection"],
    ],
  ],
  [
    "Explore",
    [
      ["← →", "neighbour along the front"],
      ["p", "pins or unpins the selected design"],
      ["c", "adds it to the comparison"],
      ["i", "shows or hides infeasible designs"],
      ["x", "removes all brushes and the zoom"],
      ["+ − 0", "zooms the plot in, out, to all, with the plot in focus"],
    ],
  ],
  [
    "Design and what-if",
    [
      ["← →", "neighbour along the front; in the cost tree and among the values of a knob ↑ ↓ ← → walk"],
      ["p, c", "pins the design, adds it to the comparison"],
      ["Ctrl Z, Ctrl Y", "undoes the last step, and redoes it"],
    ],
  ],
  [
    "Table of designs, in focus",
    [
      ["↑ ↓", "previous and next row"],
      ["Page Up, Page Down, Home, End", "by a window, to the first, to the last row"],
      ["Enter", "opens the selected design; on a header, sorts by it"],
    ],
  ],
  [
    "Parallel coordinates and limits, in focus",
    [
      ["← →", "moves a limit by a step"],
      ["Set a brush…", "a brush without a pointer"],
    ],
  ],
];

let dialog = null;
let text = "";

function close() {
  dialog?.close();
}

function go(event) {
  event.preventDefault();
  const found = text.trim().match(/^#?(\d+)$/);
  if (!found || !store.run) return;
  close();
  const index = Number(found[1]);
  if (store.page === "explore") select(index);
  else follow(designAddress(store.run, index));
}

function answers() {
  const number = text.trim().match(/^#?(\d+)$/);
  if (number) {
    return store.run
      ? h("p", null, h("button.link", { type: "submit" }, "Go to design #" + number[1]), " (Enter)")
      : h("p.muted", null, "Open a run to find a design of it.");
  }
  const terms = search(knownGlossary(), text, knownVariables());
  if (text.trim() && !terms.length) return h("p.muted", null, "No word of the glossary has this.");
  return h(
    "dl.glossary-list",
    null,
    terms.map(({ words, meaning }) => [
      h("dt", { key: words[0] }, words.join(", ")),
      h("dd", { key: words[0] + "-" }, meaning),
    ]),
  );
}

function show() {
  draw(
    dialog,
    h(
      "div.help-head",
      null,
      h("h2", { id: "help-title" }, "Keys and words"),
      h("button.quiet", { type: "button", onclick: close, "aria-label": "Close" }, "×"),
    ),
    h(
      "form.help-search",
      { onsubmit: go, role: "search" },
      h("input", {
        id: "help-search",
        type: "search",
        value: text,
        placeholder: "A word, or the number of a design",
        "aria-label": "A word, or the number of a design",
        autocomplete: "off",
        oninput: (event) => {
          text = event.target.value;
          show();
        },
      }),
      h("div", { "aria-live": "polite" }, answers()),
    ),
    h(
      "div.help-keys",
      null,
      KEYS.map(([title, keys]) =>
        h(
          "section",
          { key: title },
          h("h3", null, title),
          h(
            "dl",
            null,
            keys.map(([key, does]) => [h("dt", { key }, h("kbd", null, key)), h("dd", { key: key + "-" }, does)]),
          ),
        ),
      ),
    ),
  );
}

/** Opens the dialog; with the search in focus where it is asked for. */
export function openHelp(searching = false) {
  if (!dialog) {
    dialog = document.createElement("dialog");
    dialog.className = "help";
    dialog.setAttribute("aria-labelledby", "help-title");
    dialog.addEventListener("click", (event) => event.target === dialog && close());
    dialog.addEventListener("keydown", (event) => event.stopPropagation());
    document.body.append(dialog);
  }
  text = "";
  show();
  if (!dialog.open) dialog.showModal();
  if (searching) document.getElementById("help-search").focus();
}

document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented || event.metaKey || event.ctrlKey || event.altKey) return;
  if (/^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName) || dialog?.open) return;
  if (event.key !== "?" && event.key !== "/") return;
  openHelp(event.key === "/");
  event.preventDefault();
});

document.getElementById("help")?.addEventListener("click", () => openHelp());
