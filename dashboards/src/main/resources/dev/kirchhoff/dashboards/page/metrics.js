// Metrics as the server describes them: name, key, unit, direction, scale, format and title.
import { get } from "/assets/dom.js";
import { three, integer, points, unit, quantity, between } from "/assets/format.js";

let all = [];

// Resolved once the descriptions are here; without them the page shows no totals.
export const described = get("/api/metrics").then(
  (list) => {
    all = list;
  },
  () => {},
);

// All metrics in reading order.
export function metrics() {
  return all;
}

export function metricOf(key) {
  return all.find((metric) => metric.key === key);
}

// A value as [number, unit].
export function figure(metric, value) {
  switch (metric.format) {
    case "count":
      return [integer(value), ""];
    case "points":
      return [points(value), "points"];
    case "share":
      return [(100 * value).toFixed(1), "%"];
    case "number":
      return [three(value), unit(metric.unit)];
    case "perSecond":
      return [three(value), "inferences/s"];
    default:
      return quantity(value, metric.unit);
  }
}

// A band in the unit that its middle is printed in; of ratios there is none to print.
export function figureBand(metric, band) {
  return !band || metric.format === "points" || metric.format === "share"
    ? ""
    : between(band.low, band.nominal, band.high, metric.unit);
}

// Direction of better values, "higher" or "lower"; counts have none, and a kernel's quality that of its measure.
export function better(metric) {
  return metric.format === "count" || (metric.better !== "higher" && metric.better !== "lower") ? null : metric.better;
}
