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

// A report is a page in one file: what a server would answer is in the page itself, as gzip in base 64.
const kept = document.getElementById("kirchhoff-report");
export const report = kept ? await unpacked(kept.textContent) : null;

function unpacked(text) {
  const bytes = Uint8Array.from(atob(text), (sign) => sign.charCodeAt(0));
  return new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"))).json();
}

function fromReport(path) {
  if (path.endsWith("/points")) return report.points;
  if (path.endsWith("/metrics")) return report.metrics;
  const design = path.match(/[/]designs[/](\d+)$/);
  return design ? report.designs[design[1]] ?? unaccounted(Number(design[1])) : report;
}

// A design whose account the report leaves out: a member of the front with its knobs, and where to ask for the rest.
function unaccounted(index) {
  const name = report.run.id + "#" + index;
  const ask = "this file holds the accounts of " + Object.keys(report.designs).length + " designs that cover the front. Ask where the run is: ./kirchhoff explain --design " + name + ", or its page by ./kirchhoff dashboard.";
  const member = report.front.find((m) => m.index === index);
  if (!member?.knobs) throw new Error("Of #" + index + " " + ask);
  const knobs = report.header.knobs.map((knob, k) => ({ path: knob.path, ordinal: member.knobs[k], value: knob.values[member.knobs[k]] ?? null }));
  return { index, design: member.design, onFront: true, knobs, values: member.values, violations: (report.header.constraints ?? []).map(() => 0), details: null, warnings: [], accuracy: member.accuracy, detailsMissing: ask };
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
