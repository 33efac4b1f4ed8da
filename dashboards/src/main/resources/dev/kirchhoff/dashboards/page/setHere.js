// Limits and prices that are set on the page, as chips of which each takes itself back: on every page of a run.
import { h } from "/assets/dom.js";
import { store, change, changeEntry } from "/assets/store.js";
import { settingsOf } from "/assets/verdict.js";

// Pages that show designs as they were evaluated.
const AS_EVALUATED = {
  design: "figures of this page are as evaluated; rank and missed limits at its top follow what is set",
  whatif: "figures of this page are as evaluated, without what is set",
};

export function setHere() {
  const settings = settingsOf(store);
  if (!settings.length) return null;
  return h(
    "div.set-here",
    { role: "group", "aria-label": "Set here" },
    h("span.muted", null, "Set here"),
    settings.map(({ name, key, text, own }) =>
      h(
        "span.set-chip",
        { key: name + key, title: "in the run: " + own },
        text,
        h(
          "button",
          {
            type: "button",
            "aria-label": "Back to " + own + " of the run: " + text,
            onclick: () => changeEntry(name, key, null),
          },
          "×",
        ),
      ),
    ),
    h(
      "button.link",
      { type: "button", onclick: () => change({ limits: new Map(), prices: new Map() }) },
      settings.length > 1 ? "reset all" : "reset",
    ),
    AS_EVALUATED[store.page] ? h("span.muted", null, AS_EVALUATED[store.page]) : null,
  );
}
