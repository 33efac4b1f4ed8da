// Knobs as people read them: alternatives of one path are one column, and so are the layers of a knob that each layer has.

// A knob's path without the layer it is for.
export function groupPath(path) {
  return path.replace(/\[[^\]]*\]$/, "");
}

export function shortPath(path) {
  return path.split(".").slice(-2).join(".");
}

export function valueText(value) {
  return value == null ? "–" : typeof value === "object" ? JSON.stringify(value) : String(value);
}

// Values of the layers in few words: "6", or "6 × 18, 8 × 2".
export function tally(values) {
  const counts = new Map();
  for (const value of values) counts.set(valueText(value), (counts.get(valueText(value)) ?? 0) + 1);
  if (counts.size === 1) return [...counts.keys()][0] + (values.length > 1 ? " × " + values.length : "");
  return [...counts]
    .sort((a, b) => (a[0] < b[0] ? -1 : 1))
    .map(([value, n]) => value + " × " + n)
    .join(", ");
}

const PREFIXES = { f: 1e-15, p: 1e-12, n: 1e-9, u: 1e-6, µ: 1e-6, m: 1e-3, k: 1e3, K: 1024, M: 1e6, G: 1e9 };

const SECONDS = { min: 60, hour: 3600, day: 86400, month: 2629800, year: 31557600 };

// A value in the base unit of its text, "0.05 V", "64 KB" or "30 days"; NaN of words.
export function amountOf(text) {
  const [, number, unit] = String(text).match(/^\s*([-+]?\d+(?:\.\d+)?(?:e[-+]?\d+)?)\s*([A-Za-zµΩ%/]*\d?)$/i) ?? [];
  if (number === undefined) return NaN;
  const seconds = SECONDS[unit.replace(/s$/, "")];
  const prefix = unit.length > 1 ? (PREFIXES[unit[0]] ?? 1) : 1;
  return Number(number) * (seconds ?? prefix);
}
