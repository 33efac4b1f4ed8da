// Scales for the canvas kit: a value to a pixel and back, and ticks that do not crowd.
import { three } from "/assets/format.js";

export function scale(from, to, logarithmic, start, end) {
  const f = logarithmic ? (v) => Math.log10(v > 0 ? v : from) : (v) => v;
  const g = logarithmic ? (v) => 10 ** v : (v) => v;
  const a = f(from),
    b = f(to),
    k = (end - start) / (b - a || 1);
  const px = (value) => start + (f(value) - a) * k;
  px.back = (at) => g(a + (at - start) / k);
  px.affine = { scale: k, offset: start - a * k }; // from the logarithm or the value to pixels
  px.ticks = (gap) => ticks(from, to, logarithmic, px, gap);
  return px;
}

// A range with air around it, on a scale of "linear" or "logarithmic". On a logarithmic one, values that are not above zero
// lie at its lower end.
export function range(columns, scale) {
  const logarithmic = scale === "logarithmic";
  let from = Infinity,
    to = -Infinity,
    none = true;
  for (const column of columns) {
    for (const value of column) {
      if (value == null || !isFinite(value)) continue;
      none = false;
      if (logarithmic && value <= 0) continue;
      if (value < from) from = value;
      if (value > to) to = value;
    }
  }
  if (none) return null;
  if (from > to) from = to = 1;
  if (logarithmic) {
    const air = Math.max(1.04, (to / from) ** 0.06);
    return { from: from / air, to: to * air, logarithmic };
  }
  const air = (to - from) * 0.05 || Math.abs(to) * 0.1 || 1;
  return { from: from - air, to: to + air, logarithmic };
}

function ticks(from, to, logarithmic, px, gap) {
  const candidates = [];
  if (logarithmic && to / from > 1.6) {
    for (let decade = 10 ** Math.floor(Math.log10(from)); decade <= to; decade *= 10) {
      for (const [order, steps] of [
        [0, [1]],
        [1, [2, 5]],
        [2, [3, 4, 7]],
        [3, [1.5, 2.5, 6, 8, 9]],
      ]) {
        for (const step of steps) candidates.push([order, step * decade]);
      }
    }
  } else {
    const raw = (to - from) / 6,
      power = 10 ** Math.floor(Math.log10(raw));
    const step = [1, 2, 5, 10].find((s) => s * power >= raw) * power;
    for (let value = Math.ceil(from / step) * step; value <= to; value += step) candidates.push([0, value]);
  }
  candidates.sort((a, b) => a[0] - b[0] || a[1] - b[1]);
  const kept = [];
  for (const [, value] of candidates) {
    if (value < from || value > to) continue;
    const at = px(value);
    if (kept.every((tick) => Math.abs(tick.at - at) >= gap)) kept.push({ value, at, text: label(value) });
  }
  return kept;
}

const plain = new Intl.NumberFormat("en-US");

function label(value) {
  const rounded = Number(value.toPrecision(6));
  return Math.abs(rounded) >= 1e6 || (rounded !== 0 && Math.abs(rounded) < 1e-3)
    ? three(rounded)
    : plain.format(rounded);
}
