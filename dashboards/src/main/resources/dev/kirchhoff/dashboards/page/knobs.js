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
