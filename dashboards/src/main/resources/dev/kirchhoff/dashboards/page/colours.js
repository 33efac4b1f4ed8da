// Colours of classes of designs, told apart without red and green (Okabe and Ito 2008), and a ramp for amounts that grows in
// lightness.
import { store, axisOf } from "/assets/store.js";
import { plottedColumn } from "/assets/pricedView.js";
import { binsOf, extentOf, levelText } from "/assets/axes.js";
import { constraintsOf, isOwn, missedOf } from "/assets/verdict.js";
import { three, unit, pretty } from "/assets/format.js";

const KINDS = ["#0072b2", "#e69f00", "#009e73", "#cc79a7", "#56b4e9", "#d55e00", "#8b7ec8", "#8a6d3b", "#6b7885"];
const RAMP = ["#3b0f70", "#5c1a80", "#8c2981", "#b73779", "#de4968", "#f76f5c", "#fe9f6d", "#fecf92"];

export const FEASIBILITY = "feasibility";

const INKS = ["ink", "muted", "line", "accent", "surface", "dots", "bad", "strong"];

let inks = { theme: null };

// Colours and font of the theme in force. They are read once a theme: to read a style the browser first lays the page out.
export function inksOfTheme() {
  const { theme } = document.documentElement.dataset;
  if (inks.theme !== theme) {
    const style = getComputedStyle(document.documentElement);
    inks = { theme, font: getComputedStyle(document.body).fontFamily };
    for (const name of INKS) inks[name] = style.getPropertyValue("--" + name).trim();
  }
  return inks;
}

// Quantities and knobs that designs may be coloured by.
export function colourChoices() {
  return [
    { key: FEASIBILITY, title: "missed limit" },
    ...store.axes.filter((axis) => axis.key !== "design" || axis.kind),
  ];
}

let last = { data: null, header: null, key: undefined, judged: 0, prices: null, classes: null };

// Classes of designs: { of: Int16Array by row (−1 = none), list: [{ name, colour, range }] }; null where none are asked for, or
// their column is on its way.
export function classesOf(key) {
  const {
    data,
    header,
    view: { prices },
  } = store;
  const judged = key === FEASIBILITY && !isOwn(store) ? store.judged : 0;
  const isSame = last.data === data && last.header === header && last.key === key && last.judged === judged;
  if (isSame && last.prices === prices && last.classes) return last.classes;
  const classes = key == null ? null : key === FEASIBILITY ? missedClasses(data) : axisClasses(axisOf(key));
  last = { data, header, key, judged, prices, classes };
  return classes;
}

function axisClasses(axis) {
  const column = axis ? plottedColumn(axis) : null;
  if (!column) return null;
  if (axis.kind === "knob") {
    const palette = axis.levels.length <= KINDS.length && !axis.layers ? KINDS : RAMP;
    const step = Math.max(1, axis.levels.length - 1);
    const colour = (level) => (palette === KINDS ? KINDS[level] : RAMP[Math.round((level / step) * (RAMP.length - 1))]);
    if (palette === KINDS) {
      const list = axis.levels.map((_, level) => ({
        name: levelText(axis, level),
        colour: colour(level),
        range: [level, level],
      }));
      return { axis, of: column, list };
    }
    const width = axis.levels.length / RAMP.length;
    const of = column.map((level) => (level < 0 ? -1 : Math.min(RAMP.length - 1, Math.floor(level / width))));
    const list = RAMP.map((shade, k) => {
      const from = Math.ceil(k * width);
      const to = Math.max(from, Math.ceil((k + 1) * width) - 1);
      const name =
        levelText(axis, from) + (to > from ? " – " + levelText(axis, Math.min(to, axis.levels.length - 1)) : "");
      return { name, colour: shade, range: [from, to] };
    }).filter(({ range }) => range[0] < axis.levels.length);
    return { axis, of, list };
  }
  const extent = extentOf(column, axis, store.meets) ?? extentOf(column, axis);
  if (!extent) return null;
  const bins = binsOf(axis, column, extent);
  const per = bins.count / RAMP.length;
  const of = bins.bin.map((bin) => (bin < 0 ? -1 : Math.floor(bin / per)));
  const list = RAMP.map((colour, k) => {
    const range = [bins.edges(k * per)[0], bins.edges((k + 1) * per - 1)[1]];
    return { name: three(range[0]) + " – " + three(range[1]) + " " + unit(axis.unit), colour, range };
  });
  return { axis, of, list };
}

// The first limit that a design misses, as it is set.
function missedClasses(data) {
  const names = constraintsOf(store);
  const missed = missedOf(store);
  const found = new Map();
  const of = new Int16Array(data.n);
  for (let row = 0; row < data.n; row++) {
    const mask = missed[row];
    of[row] = mask ? 1 + Math.min(30, Math.log2(mask & -mask)) : 0;
    found.set(of[row], (found.get(of[row]) ?? 0) + 1);
  }
  const kinds = [...found.keys()].sort((a, b) => a - b);
  const place = new Map(kinds.map((kind, k) => [kind, Math.min(k, KINDS.length - 1)]));
  for (let row = 0; row < data.n; row++) of[row] = place.get(of[row]);
  const list = kinds.slice(0, KINDS.length).map((kind, k) => ({
    name: kind === 0 ? "meets all" : "misses " + pretty(names[kind - 1] ?? "a limit"),
    colour: KINDS[k],
    count: found.get(kind),
  }));
  return { axis: null, of, list };
}

// "#0072b2" as [0, 114, 178].
export function rgb(colour) {
  const text = colour.trim();
  if (/^#[0-9a-f]{6}$/i.test(text)) return [1, 3, 5].map((at) => parseInt(text.slice(at, at + 2), 16));
  return (text.match(/[\d.]+/g) ?? [0, 0, 0]).slice(0, 3).map(Number);
}
