// Elements from plain values. Text always becomes a text node: nothing that an event carries is read as markup.

export function h(tag, attributes, ...children) {
  const [name, ...classes] = tag.split(".");
  const element = document.createElement(name);
  if (classes.length) element.className = classes.join(" ");
  for (const [key, value] of Object.entries(attributes ?? {})) {
    if (key.startsWith("aria-") && value != null) { element.setAttribute(key, String(value)); continue; }
    if (value == null || value === false) continue;
    if (key.startsWith("on")) element.addEventListener(key.slice(2), value);
    else if (key === "style") for (const [k, v] of Object.entries(value)) element.style.setProperty(k, v);
    else element.setAttribute(key, value === true ? "" : value);
  }
  element.append(...children.flat(3).filter((child) => child != null && child !== false));
  return element;
}

// An element of a drawing.
export function svg(name, attributes, ...children) {
  const element = document.createElementNS("http://www.w3.org/2000/svg", name);
  for (const [key, value] of Object.entries(attributes ?? {})) {
    if (key.startsWith("on")) element.addEventListener(key.slice(2), value);
    else if (value != null) element.setAttribute(key, String(value));
  }
  element.append(...children.flat(3).filter((child) => child != null && child !== false));
  return element;
}

export function fill(parent, ...children) {
  parent.replaceChildren(...children.flat(3).filter((child) => child != null && child !== false));
}

// A report is a page in one file: what a server would answer is in the page itself.
const kept = document.getElementById("kirchhoff-report");
export const report = kept ? JSON.parse(kept.textContent) : null;

function fromReport(path) {
  if (path.endsWith("/points")) return report.points;
  if (path.endsWith("/metrics")) return report.metrics;
  const design = path.match(/[/]designs[/](\d+)$/);
  if (!design) return report;
  if (!report.designs[design[1]]) throw new Error("A report holds the members of the front alone.");
  return report.designs[design[1]];
}

export async function get(path) {
  if (report) return fromReport(path);
  const response = await fetch(path, { headers: { Accept: "application/json" } });
  const body = await response.json().catch(() => ({}));
  if (!response.ok) throw new Error(body.error ?? "The dashboard answered " + response.status + ".");
  return body;
}

export function copy(text, button) {
  const said = button.textContent;
  const done = (word) => {
    button.textContent = word;
    setTimeout(() => (button.textContent = said), 1500);
  };
  if (!navigator.clipboard) return done("Not allowed here");
  navigator.clipboard.writeText(text).then(() => done("Copied"), () => done("Not allowed here"));
}
