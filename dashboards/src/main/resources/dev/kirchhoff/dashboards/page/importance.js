// Share of the variance of objectives among designs that meet the limits which the levels of a knob explain. Pure.
import { columnOf } from "/assets/axes.js";

const SAMPLE = 20_000;

// [{ axis, share }] by the mean over the objectives, largest first. `judged` has data and meets.
export function importance({ data, meets }, knobs, objectives) {
  const rows = sample(data, meets);
  const values = objectives.map((axis) => onScale(axis, columnOf(axis, data), rows)).filter(Boolean);
  const list = knobs.map((axis) => {
    const levels = columnOf(axis, data);
    const shares = values.map((value) => explained(rows, levels, axis.levels.length, value));
    return { axis, share: shares.length ? shares.reduce((a, b) => a + b, 0) / shares.length : 0 };
  });
  return list.sort((a, b) => b.share - a.share);
}

function sample(data, meets) {
  const step = Math.max(1, Math.floor(data.n / SAMPLE));
  const rows = [];
  for (let row = 0; row < data.n; row += step) if (meets[row]) rows.push(row);
  return rows;
}

function onScale(axis, column, rows) {
  if (!column) return null;
  const logarithmic = axis.scale === "logarithmic";
  return rows.map((row) => (logarithmic ? Math.log(column[row]) : column[row]));
}

// Share of the variance between levels, less what as many levels explain by chance (omega squared).
function explained(rows, levels, count, value) {
  const n = new Float64Array(count + 1);
  const sum = new Float64Array(count + 1);
  let all = 0;
  let total = 0;
  let squares = 0;
  rows.forEach((row, k) => {
    const v = value[k];
    if (!isFinite(v)) return;
    const level = levels[row] + 1;
    n[level]++;
    sum[level] += v;
    all++;
    total += v;
    squares += v * v;
  });
  if (all < 3) return 0;
  const mean = total / all;
  const variance = squares - all * mean * mean;
  let between = 0;
  let used = 0;
  for (let level = 0; level <= count; level++) {
    if (!n[level]) continue;
    used++;
    between += n[level] * (sum[level] / n[level] - mean) ** 2;
  }
  if (used < 2 || all <= used || variance <= 0) return 0;
  const within = (variance - between) / (all - used);
  return Math.max(0, (between - (used - 1) * within) / (variance + within));
}
