// Axes of a run: knobs and quantities of its designs as columns of numbers. Plot, coordinates, table, brush and story use the
// same ones. Pure: no document, no store.
import { limitOf } from "/assets/judge.js";
import { amountOf, groupPath, shortPath, valueText } from "/assets/knobs.js";

// Bins of a quantity where it is counted.
export const BINS = 32;

// All axes of a run, knobs first, then objectives, recorded metrics and the order of evaluation. `metricOf(key)` describes a
// metric: title, scale, better.
export function axesOf(header, metricOf = () => null) {
  const axes = [...knobAxes(header?.knobs ?? []), ...quantityAxes(header ?? {}, metricOf)];
  const seen = new Set();
  return axes.filter((axis) => !seen.has(axis.key) && seen.add(axis.key));
}

// Number of designs of a space: products over the knobs, sums over the alternatives that bring knobs of their own.
export function spaceSize(knobs) {
  const under = (condition) =>
    knobs
      .filter((knob) => (knob.condition ?? "") === condition)
      .reduce(
        (size, knob) =>
          size * (knob.values ?? []).reduce((sum, value) => sum + under(knob.path + " = " + valueText(value)), 0),
        1,
      );
  return knobs.length ? under("") : 0;
}

function knobAxes(knobs) {
  const groups = new Map();
  knobs.forEach((knob, at) => {
    const path = groupPath(knob.path);
    if (!groups.has(path)) groups.set(path, []);
    groups.get(path).push({ ...knob, at });
  });
  return [...groups].map(([path, group]) =>
    group[0].path === path || group.length === 1 ? alternativesAxis(path, group) : layersAxis(path, group),
  );
}

// A knob; alternatives of one path, of which a design has one at most, are one axis over all their values.
function alternativesAxis(path, group) {
  const texts = [...new Set(group.flatMap((knob) => (knob.values ?? []).map(valueText)))];
  const amounts = new Map(texts.map((text) => [text, amountOf(text)]));
  const numeric = texts.every((text) => isFinite(amounts.get(text)));
  if (numeric) texts.sort((a, b) => amounts.get(a) - amounts.get(b));
  const levelOf = group.map((knob) => (knob.values ?? []).map((value) => texts.indexOf(valueText(value))));
  return {
    key: path,
    title: shortPath(path),
    path,
    kind: "knob",
    unit: "",
    levels: texts,
    numeric,
    knobs: group.map((knob) => knob.at),
    scale: "linear",
    fill(data, into) {
      into.fill(-1);
      group.forEach((knob, g) => {
        const ordinals = data.knobs[knob.at];
        if (!ordinals) return;
        for (let row = 0; row < data.n; row++) if (ordinals[row] >= 0) into[row] = levelOf[g][ordinals[row]] ?? -1;
      });
    },
  };
}

// A knob that each layer has: how many layers take its last value, the whole number of others.
function layersAxis(path, group) {
  const last = valueText(group[0].values?.at(-1));
  return {
    key: path,
    title: shortPath(path) + " = " + last,
    path,
    kind: "knob",
    unit: "layers",
    levels: Array.from({ length: group.length + 1 }, (_, count) => String(count)),
    numeric: true,
    layers: group.length,
    knobs: group.map((knob) => knob.at),
    scale: "linear",
    fill(data, into) {
      into.fill(0);
      for (const knob of group) {
        const ordinals = data.knobs[knob.at];
        const at = (knob.values ?? []).length - 1;
        if (ordinals) for (let row = 0; row < data.n; row++) if (ordinals[row] === at) into[row]++;
      }
    },
  };
}

function quantityAxes(header, metricOf) {
  const objectives = (header.axes ?? (header.objectives ?? []).map((name) => ({ name, key: name }))).map((axis, k) => ({
    ...quantity(axis.key, axis.name, axis.unit, metricOf),
    title: axis.band ? axis.name + ", " + axis.band + " end" : axis.name,
    scale: axis.scale ?? "linear",
    maximise: axis.maximise,
    objective: k,
    source: (data) => data.objectives[k] ?? null,
  }));
  const metrics = (header.recorded?.metrics ?? []).map((column) => {
    const isShare = ["percent", "points"].includes(metricOf(column.key)?.format);
    return {
      ...quantity(column.key, column.name, isShare ? "%" : column.unit, metricOf),
      isShare,
      source: (data) => (isShare ? hundredfold(data.figure(column.key)) : data.figure(column.key)),
    };
  });
  const slacks = (header.recorded?.slacks ?? [])
    .filter((column) => limitOf(column.name))
    .map((column) => ({
      ...quantity(column.key, column.name, column.unit, metricOf),
      title: "slack of " + column.name,
      maximise: true,
      source: (data) => data.figure(column.key),
    }));
  const order = {
    ...quantity("design", "design", "", metricOf),
    title: "order of evaluation",
    source: (data) => data.index,
  };
  return [...objectives, ...metrics, ...slacks, order];
}

const hundredfolds = new WeakMap();

// A column of shares in percent, as limits on them are stated; null while it is on its way.
function hundredfold(column) {
  if (column && !hundredfolds.has(column))
    hundredfolds.set(
      column,
      Float64Array.from(column, (share) => 100 * share),
    );
  return column && hundredfolds.get(column);
}

function quantity(key, name, unit, metricOf) {
  const metric = metricOf(key);
  const better = metric?.better;
  return {
    key,
    name,
    title: name,
    unit: unit === name ? "" : (unit ?? ""),
    kind: "quantity",
    levels: [],
    scale: metric?.scale ?? "linear",
    maximise: better === "higher" ? true : better === "lower" ? false : undefined,
  };
}

/** Axis of the share of joint draws in which members stay on the front; none before a run ends. */
export function sureAxes(front) {
  if (!front.some((member) => member.onFront != null)) return [];
  let last = { data: null, column: null };
  return [
    {
      key: "onFront",
      name: "onFront",
      title: "on front in draws",
      unit: "%",
      maximise: true,
      kind: "quantity",
      levels: [],
      scale: "linear",
      source(data) {
        if (last.data === data) return last.column;
        const column = new Float64Array(data.n).fill(NaN);
        for (const member of front) {
          const row = member.onFront == null ? -1 : data.rowOf(member.index);
          if (row >= 0) column[row] = 100 * member.onFront;
        }
        last = { data, column };
        return column;
      },
    },
  ];
}

// Figures of simulated chips: `of` what was simulated, `by` the estimate, whose metric is `estimate`.
const SIMULATED = [
  {
    key: "simulatedAgreement",
    title: "simulated agreement",
    unit: "%",
    maximise: true,
    estimate: "agreement",
    of: (known) => known.agreement,
    by: (known) => known.estimatedAgreement,
  },
  {
    key: "simulatedLoss",
    title: "simulated loss",
    unit: "points",
    maximise: false,
    estimate: "accuracyLoss",
    of: (known) => known.loss,
    by: (known) => known.estimatedLoss,
  },
  {
    key: "simulatedAccuracy",
    title: "simulated accuracy",
    unit: "%",
    maximise: true,
    of: (known) => known.accuracy,
    by: () => null,
  },
];

/** The simulated figure that an estimate is of, by the key of the metric. */
export function simulatedOf(estimate) {
  return SIMULATED.find((figure) => figure.estimate === estimate);
}

/** What simulated chips of a design say first: the agreement, of older runs the accuracy. */
export function foremost(known) {
  return SIMULATED.find((figure) => figure.key !== "simulatedLoss" && figure.of(known));
}

/** Axes of what was simulated, with intervals of 95 %; `designs` are those that may have an `accuracy`. */
export function simulatedAxes(designs) {
  return SIMULATED.filter(({ of }) => designs.some(({ accuracy }) => accuracy && of(accuracy))).map((figure) =>
    simulated(figure, new Map(designs.map((design) => [design.index, design.accuracy && figure.of(design.accuracy)]))),
  );
}

function simulated({ key, title, unit, maximise, estimate }, counts) {
  let last = { data: null, column: null };
  return {
    key,
    name: key,
    title,
    unit,
    maximise,
    estimate,
    kind: "quantity",
    levels: [],
    scale: "linear",
    source(data) {
      if (last.data === data) return last.column;
      const column = new Float64Array(data.n).fill(NaN);
      for (const [index, counted] of counts) {
        const row = counted ? data.rowOf(index) : -1;
        if (row >= 0) column[row] = 100 * counted.value;
      }
      last = { data, column };
      return column;
    },
    interval(index) {
      const counted = counts.get(index);
      return counted ? [100 * counted.low, 100 * counted.high] : null;
    },
  };
}

// Column of an axis: levels of a knob (−1 = none), values of a quantity (NaN = none); null while it is on its way. Columns are
// kept for one state of the designs.
const columns = new WeakMap();

export function columnOf(axis, data) {
  if (axis.kind === "quantity") return axis.source(data);
  if (axis.knobs?.some((at) => !data.knobs[at])) return null;
  let known = columns.get(data);
  if (!known) columns.set(data, (known = new Map()));
  if (!known.has(axis.key)) {
    const into = new Int16Array(data.n);
    axis.fill(data, into);
    known.set(axis.key, into);
  }
  return known.get(axis.key);
}

// Smallest and largest value among some rows (all without a mask); of logarithmic axes those above zero. Null if there is none.
export function extentOf(column, axis, mask = null) {
  const positive = axis.scale === "logarithmic";
  let from = Infinity;
  let to = -Infinity;
  for (let row = 0; row < column.length; row++) {
    const value = column[row];
    if ((mask && !mask[row]) || !(value > -Infinity) || value === Infinity || (positive && value <= 0)) continue;
    if (value < from) from = value;
    if (value > to) to = value;
  }
  return from <= to ? [from, to] : null;
}

// Bins of a column for counting: { bin: Int16Array by row (−1 = none), count, edges(bin) }. A knob has a bin for each level, a
// quantity BINS between the ends of its extent, even on its axis.
export function binsOf(axis, column, extent) {
  if (axis.kind === "knob") return { bin: column, count: axis.levels.length, edges: (bin) => [bin, bin] };
  const logarithmic = axis.scale === "logarithmic";
  const at = logarithmic ? Math.log : (value) => value;
  const back = logarithmic ? Math.exp : (value) => value;
  const [from, to] = extent ?? [1, 1];
  const start = at(from);
  const step = (at(to) - start) / BINS || 1;
  const bin = new Int16Array(column.length);
  for (let row = 0; row < column.length; row++) {
    const place = Math.floor((at(column[row]) - start) / step);
    bin[row] = place >= 0 && place < BINS ? place : place === BINS ? BINS - 1 : -1;
  }
  return { bin, count: BINS, edges: (k) => [back(start + k * step), back(start + (k + 1) * step)] };
}

// The text of a value on an axis.
export function levelText(axis, value) {
  return value < 0 || value >= axis.levels.length ? "–" : axis.levels[value];
}
