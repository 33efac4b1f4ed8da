// Metrics as the server describes them: name, key, unit, direction, scale, format and title.
import { get } from "/assets/dom.js";
import { three, integer, points, unit, quantity, between, oneUnit } from "/assets/format.js";

let all = [];

// Resolved once the descriptions are here; without them the page shows no totals.
export const described = get("/api/metrics").then(
  (list) => {
    all = list;
  },
  () => {},
);

// Keys of all metrics in reading order.
export function metricKeys() {
  return all.map((metric) => metric.key);
}

// Words of runs with a kernel: `work` is a pass of the workload, `units` and `better` by key those of its measure.
const NETWORKS = { work: "inference", units: {}, better: {} };
let shown = NETWORKS;

/** Words that describe the metrics of a run, from its header; of several runs those that all share. */
export function wordsOf(...headers) {
  const known = headers.filter(Boolean);
  if (!known.length || known.some((header) => header.work !== "task")) return NETWORKS;
  const columns = known.flatMap((header) => [...(header.axes ?? []), ...(header.recorded?.metrics ?? [])]);
  const units = {};
  const better = {};
  for (const { key, unit, maximise } of columns) {
    if (unit) units[key] = unit;
    if (maximise != null) better[key] = maximise ? "higher" : "lower";
  }
  return { work: "task", units, better };
}

/** From here on metrics are described in the words of a run. */
export function speak(words) {
  shown = words;
}

/** A metric by its key; of a design with `units` of its own in these. */
export function metricOf(key, units = {}, words = shown) {
  const metric = all.find((one) => one.key === key);
  if (!metric || (words === NETWORKS && !units[key])) return metric;
  return {
    ...metric,
    unit: units[key] ?? words.units[key] ?? metric.unit,
    better: metric.better === "of its measure" ? (words.better[key] ?? metric.better) : metric.better,
    title: metric.title.replace("inference", words.work),
    work: words.work,
  };
}

const NO_BAND =
  "No band: sources disagree about energy and area of circuits; the model has none of times, noise and counts";

/** The title of a figure; of one without a band, beside others that have one, with the reason. */
export function bandTitle(title, bands, key) {
  return bands && Object.keys(bands).length && !bands[key] ? title + ". " + NO_BAND : title;
}

/** A pass of the workload of the run that is shown: "inference" or "task". */
export function workWord() {
  return shown.work;
}

// A value as [number, unit].
export function figure(metric, value) {
  switch (metric.format) {
    case "count":
      return [integer(value), ""];
    case "points":
      return [points(value), "points"];
    case "share":
    case "percent":
      return [(100 * value).toFixed(1), "%"];
    case "number":
      return [three(value), unit(metric.unit)];
    case "perSecond":
      return [three(value), (metric.work ?? "inference") + "s/s"];
    default:
      return quantity(value, metric.unit);
  }
}

/** Figures of several designs in one unit: `text` of a value and `band` of a band. */
export function figuresOf(metric, values) {
  if (["count", "points", "share", "percent", "number", "perSecond"].includes(metric.format)) {
    return { text: (value) => figure(metric, value).join(" ").trim(), band: (band) => figureBand(metric, band) };
  }
  const one = oneUnit(values, metric.unit);
  return {
    text: (value) => (one.text(value) + " " + one.unit).trim(),
    band: (band) => (band ? one.between(band.low, band.high) : ""),
  };
}

// A band in the unit that its middle is printed in; of ratios there is none to print.
export function figureBand(metric, band) {
  return !band || ["points", "share", "percent"].includes(metric.format)
    ? ""
    : between(band.low, band.nominal, band.high, metric.unit);
}

// Direction of better values, "higher" or "lower"; counts have none, and a kernel's quality that of its measure.
export function better(metric) {
  return metric.format === "count" || (metric.better !== "higher" && metric.better !== "lower") ? null : metric.better;
}
