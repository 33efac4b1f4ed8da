// Hints: the meaning of a term beside it, from the project's glossary, by pointer and by focus.
import { h, get } from "/assets/dom.js";
import { glossaryOf, meaningOf } from "/assets/glossary.js";

let glossary = glossaryOf();

/** Resolved once the glossary is here; without it there are no hints. */
export const explained = get("/api/glossary").then(
  (known) => (glossary = glossaryOf(Array.isArray(known) ? { terms: known } : known)),
  () => {},
);

let variables = new Map();

/** From here on names of knobs are explained by these meanings, before words of the glossary. */
export function explainAlso(meanings) {
  variables = meanings;
}

/** Meanings of the variables of the run that is shown, by name. */
export function knownVariables() {
  return variables;
}

export function knownGlossary() {
  return glossary;
}

/** A term with its meaning as a hint; `shown` is written instead of it. */
export function hint(term, shown = term, tag = "span") {
  return h(tag + ".hint", { "data-hint": term }, shown);
}

/** Attributes that give any element the hint of a term. */
export function hinted(term) {
  return { "data-hint": term };
}

let box = null;
let owner = null;

function boxOf() {
  if (!box) {
    box = document.createElement("div");
    box.className = "hint-box";
    box.id = "hint-box";
    box.setAttribute("role", "tooltip");
    box.hidden = true;
    document.body.append(box);
  }
  return box;
}

function show(element) {
  const term = element.dataset.hint;
  const isPath = term.includes(".");
  const meaning = variables.get(term) ?? meaningOf(glossary, term);
  hide();
  if (!meaning && !isPath) return;
  const at = boxOf();
  at.replaceChildren(...(isPath ? [bold(term), meaning ? " " + meaning : ""] : [meaning]));
  at.hidden = false;
  owner = element;
  owner.setAttribute("aria-describedby", at.id);
  const place = element.getBoundingClientRect();
  const { width, height } = at.getBoundingClientRect();
  const left = Math.max(8, Math.min(innerWidth - width - 8, place.left));
  const above = place.bottom + height + 12 > innerHeight;
  at.style.left = left + "px";
  at.style.top = (above ? Math.max(8, place.top - height - 6) : place.bottom + 6) + "px";
}

function bold(text) {
  const element = document.createElement("b");
  element.textContent = text;
  return element;
}

function hide() {
  if (box) box.hidden = true;
  owner?.removeAttribute("aria-describedby");
  owner = null;
}

const of = (event) => event.target.closest?.("[data-hint]");
let wait = 0;

document.addEventListener?.("pointerover", (event) => {
  clearTimeout(wait);
  const element = of(event);
  if (!element) return hide();
  if (element !== owner) wait = setTimeout(() => element.isConnected && show(element), 250);
});
document.addEventListener?.("focusin", (event) => {
  const element = of(event);
  if (element?.matches(":focus-visible")) show(element);
  else hide();
});
document.addEventListener?.("focusout", hide);
document.addEventListener?.("pointerdown", hide);
document.addEventListener?.("keydown", (event) => event.key === "Escape" && hide());
addEventListener?.("scroll", hide, { passive: true, capture: true });
