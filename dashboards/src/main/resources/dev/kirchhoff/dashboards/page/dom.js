// The page as values: nodes in short form, drawn by their difference. Text is text: nothing that an event carries is read
// as markup.
import { h as create, render } from "/assets/preact/preact.module.js";

// A node, "section.panel.wide" or a component; handlers are named in lower case ("onclick").
export function h(tag, attributes, ...children) {
  if (typeof tag !== "string") return create(tag, attributes, ...children);
  const [name, ...classes] = tag.split(".");
  if (!classes.length) return create(name, attributes, ...children);
  const more = attributes?.class;
  return create(name, { ...attributes, class: classes.join(" ") + (more ? " " + more : "") }, ...children);
}

// Draws nodes into an element; what did not change stays as it is.
export function draw(element, ...nodes) {
  render(nodes, element);
}

// An element for what draws itself, as a canvas does.
export function make(tag, attributes, ...children) {
  const [name, ...classes] = tag.split(".");
  const element = document.createElement(name);
  if (classes.length) element.className = classes.join(" ");
  for (const [key, value] of Object.entries(attributes ?? {})) {
    if (value == null || value === false) continue;
    if (key.startsWith("on")) element.addEventListener(key.slice(2), value);
    else element.setAttribute(key, value === true ? "" : String(value));
  }
  element.append(...children.flat(3).filter((child) => child != null && child !== false));
  return element;
}

// A component that holds an element which draws itself.
export function Held({ element }) {
  return create("div", { class: "held", ref: (at) => at && at.firstChild !== element && at.replaceChildren(element) });
}

// A report is a page in one file: what a server would answer is in the page itself, as gzip in base 64.
const kept = document.getElementById("kirchhoff-report");
export const report = kept ? JSON.parse(new TextDecoder().decode(await unpacked(kept.textContent))) : null;

async function unpacked(text) {
  const bytes = Uint8Array.from(atob(text), (sign) => sign.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

function fromReport(path) {
  if (path.endsWith("/metrics")) return report.metrics;
  if (path.endsWith("/glossary")) return report.glossary ?? [];
  if (path.endsWith("/knees")) return report.knees;
  if (path.endsWith("/costs")) return report.costs;
  const design = path.match(/[/]designs[/](\d+)$/);
  if (design) return report.designs[design[1]] ?? unaccounted(Number(design[1]));
  if (path.endsWith("/runs/" + report.run.id)) return report;
  throw new Error("This file holds no models; ask where the run is: ./kirchhoff dashboard.");
}

// A design whose details the report leaves out: a member of the front with its knobs, and where to ask for the rest.
function unaccounted(index) {
  const name = report.run.id + "#" + index;
  const ask =
    "this file holds the details of " +
    Object.keys(report.designs).length +
    " designs that cover the front. Ask where the run is: ./kirchhoff explain --design " +
    name +
    ", or its page by ./kirchhoff dashboard.";
  const member = report.front.find((m) => m.index === index);
  if (!member?.knobs) throw new Error("Of #" + index + " " + ask);
  const knobs = report.header.knobs.map((knob, k) => ({
    path: knob.path,
    ordinal: member.knobs[k],
    value: knob.values[member.knobs[k]] ?? null,
  }));
  return {
    index,
    design: member.design,
    onFront: true,
    knobs,
    values: member.values,
    violations: (report.header.constraints ?? []).map(() => 0),
    details: null,
    warnings: [],
    accuracy: member.accuracy,
    detailsMissing: ask,
  };
}

// JSON of the server, or an error with the server's own sentence.
export async function get(path) {
  if (report) return fromReport(path);
  return answer(await fetch(path, { headers: { Accept: "application/json" } }));
}

// Bytes of the server; a report has those of its columns.
export async function bytes(path) {
  if (report) return (await unpacked(document.getElementById("kirchhoff-columns").textContent)).buffer;
  const response = await fetch(path);
  if (!response.ok) return answer(response);
  return response.arrayBuffer();
}

// Sends JSON, and gives the answer.
export async function post(path, body) {
  if (report) throw new Error("A report is read only.");
  return answer(
    await fetch(path, {
      method: "POST",
      headers: { "Content-Type": "application/json", Accept: "application/json" },
      body: JSON.stringify(body ?? {}),
    }),
  );
}

async function answer(response) {
  const body = await response.json().catch(() => ({}));
  if (!response.ok) {
    const { status } = response;
    throw Object.assign(new Error(body.error ?? "The dashboard answered " + status + "."), { body, status });
  }
  return body;
}

export function copy(text, button) {
  const said = button.textContent;
  const done = (word) => {
    button.textContent = word;
    setTimeout(() => (button.textContent = said), 1500);
  };
  if (!navigator.clipboard) return done("Not allowed here");
  navigator.clipboard.writeText(text).then(
    () => done("Copied"),
    () => done("Not allowed here"),
  );
}
