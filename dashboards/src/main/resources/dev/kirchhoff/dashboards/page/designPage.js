// A design as a page.
import { make } from "/assets/dom.js";
import { store } from "/assets/store.js";
import { designPanel } from "/assets/design.js";

export function designPage(parent, place) {
  const element = make("aside.design", { "aria-label": "Design" });
  parent.append(element);
  store.view.selected = place.design;
  const panel = designPanel(element);
  return { close: () => panel.close() };
}
