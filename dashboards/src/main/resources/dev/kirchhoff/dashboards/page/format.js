// Numbers as people read them: three significant digits, fitting prefix, unit.

const count = new Intl.NumberFormat("en-US", { maximumFractionDigits: 0 });

export function integer(value) {
  return value == null || !isFinite(value) ? "–" : count.format(value);
}

const formats = [];

// Formats are costly to make, so each is made once.
function ofDigits(digits) {
  formats[digits] ??= new Intl.NumberFormat("en-US", { minimumFractionDigits: digits, maximumFractionDigits: digits });
  return formats[digits];
}

export function three(value) {
  if (value == null || !isFinite(value)) return "–";
  if (value === 0) return "0";
  const size = Math.abs(value);
  if (size >= 1e6 || size < 1e-3) return value.toExponential(2).replace("e+", "e");
  const rounded = Number(value.toPrecision(3));
  const digits = Math.max(0, 2 - Math.floor(Math.log10(Math.abs(rounded))));
  return ofDigits(digits).format(rounded);
}

const NICE = { mm2: "mm²", um2: "µm²", uJ: "µJ", uW: "µW", uS: "µS", "TOPS/mm2": "TOPS/mm²", "W/mm2": "W/mm²" };

export function unit(text) {
  return NICE[text] ?? text ?? "";
}

// A constraint as a person writes it on paper.
export function pretty(text) {
  return String(text)
    .replaceAll("<=", "≤")
    .replaceAll(">=", "≥")
    .replaceAll("mm2", "mm²")
    .replace(/\bu(?=[JWSsmA]\b)/g, "µ");
}

const SCALES = {
  fJ: [
    [1, "fJ"],
    [1e3, "pJ"],
    [1e6, "nJ"],
    [1e9, "µJ"],
    [1e12, "mJ"],
    [1e15, "J"],
  ],
  uJ: [
    [1e-9, "fJ"],
    [1e-6, "pJ"],
    [1e-3, "nJ"],
    [1, "µJ"],
    [1e3, "mJ"],
    [1e6, "J"],
  ],
  um2: [
    [1, "µm²"],
    [1e4, "mm²", 1e6],
  ],
  ns: [
    [1, "ns"],
    [1e3, "µs"],
    [1e6, "ms"],
    [1e9, "s"],
  ],
  ms: [
    [1e-6, "ns"],
    [1e-3, "µs"],
    [1, "ms"],
    [1e3, "s"],
  ],
  uW: [
    [1e-3, "nW"],
    [1, "µW"],
    [1e3, "mW"],
    [1e6, "W"],
  ],
  W: [
    [1e-9, "nW"],
    [1e-6, "µW"],
    [1e-3, "mW"],
    [1, "W"],
  ],
  s: [
    [1e-9, "ns"],
    [1e-6, "µs"],
    [1e-3, "ms"],
    [1, "s"],
    [3600, "hours"],
    [86400, "days"],
    [31557600, "years"],
  ],
};

// The prefix that fits a value, or nothing where the unit has no prefixes.
function fitting(value, of) {
  const scales = SCALES[of];
  if (!scales || value == null || !isFinite(value) || value === 0) return null;
  let best = scales[0];
  for (const scale of scales) if (Math.abs(value) >= scale[0] * 0.9995) best = scale;
  return best;
}

function scaleOf(value, of) {
  const best = fitting(value, of);
  return best ? (best[2] ?? best[0]) : 1;
}

// A quantity as [number, unit], with the prefix that fits.
export function quantity(value, of) {
  const best = fitting(value, of);
  return best ? [three(value / scaleOf(value, of)), best[1]] : [three(value), unit(of)];
}

export function withUnit(value, of) {
  return quantity(value, of).join(" ").trim();
}

/**
 * One unit for all values of a column or row, that which fits their median: `text` of a value and `between` of a band in it.
 */
export function oneUnit(values, of) {
  const sizes = values
    .filter((value) => value != null && isFinite(value) && value !== 0)
    .map(Math.abs)
    .sort((a, b) => a - b);
  const best = sizes.length ? fitting(sizes[sizes.length >> 1], of) : null;
  const scale = best ? (best[2] ?? best[0]) : 1;
  return {
    unit: best ? best[1] : unit(of),
    text: (value) => (value == null ? "–" : three(value / scale)),
    between: (low, high) =>
      low == null || high == null || low === high ? "" : three(low / scale) + " – " + three(high / scale),
  };
}

// The band around a quantity, in the quantity's own unit, "0.61 – 1.84"; empty where nothing disagrees.
export function between(low, value, high, of) {
  if (low == null || high == null || !isFinite(value) || low === high) return "";
  const scale = scaleOf(value, of);
  return three(low / scale) + " – " + three(high / scale);
}

// The band of a node of a cost tree, whose spread holds factors.
export function bandOf(node) {
  return node.spread ? between(node.value * node.spread.low, node.value, node.value * node.spread.high, node.unit) : "";
}

export function percent(share) {
  if (share == null || !isFinite(share)) return "–";
  return share > 0 && share < 0.0005 ? "<0.1 %" : (share * 100).toFixed(1) + " %";
}

// A share in whole percent: "<1 %" of a small one, 100 % of the whole alone.
export function wholePercent(share) {
  if (share == null || !isFinite(share)) return "–";
  if (share > 0 && share < 0.005) return "<1 %";
  return (share < 1 ? Math.min(99, Math.round(100 * share)) : Math.round(100 * share)) + " %";
}

// The interval of a share, "80.1 – 89.7 %".
export function share(sampled) {
  return (100 * sampled.low).toFixed(1) + " – " + (100 * sampled.high).toFixed(1) + " %";
}

// A loss of accuracy in points, without minus zero.
export function points(loss) {
  return loss == null || !isFinite(loss) ? "–" : (100 * loss).toFixed(1).replace(/^-(0\.0)$/, "$1");
}

export function clock(time) {
  const date = new Date(time);
  return isNaN(date) ? "" : date.toLocaleTimeString("en-GB");
}

/** The ending that names a run: the four letters of an id that was drawn, or the whole of one that somebody gave. */
export function shortId(id) {
  return /-(\w{4})$/.exec(id)?.[1] ?? id;
}

export function day(time) {
  const date = new Date(time);
  if (isNaN(date)) return "";
  return (
    date.toLocaleDateString("en-GB", { day: "numeric", month: "short", year: "numeric" }) +
    ", " +
    date.toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" })
  );
}
